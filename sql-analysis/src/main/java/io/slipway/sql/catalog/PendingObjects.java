package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import io.slipway.sql.ast.TableAction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The objects that the pending scripts have created so far: tables, views, columns, schemas, databases. Fed with each
 * statement in turn. What is dropped is forgotten, what is renamed is known by its new name.
 */
public final class PendingObjects {
    private static final String TEMPORARY_SCHEMA = "pg_temp";

    private final String defaultSchema;
    private final Map<Name, Novelty> relations = new HashMap<>();
    private final Map<Name, Set<String>> columns = new HashMap<>();
    private final Map<String, Novelty> schemas = new HashMap<>();
    private final Set<String> databases = new HashSet<>();
    /** Relations and schemas of this script, which a ROLLBACK in it takes back. */
    private final Set<Name> ofThisScript = new HashSet<>();

    private final Set<String> temporary = new HashSet<>();
    private String currentSchema;

    /** @param defaultSchema what a name without a schema means, unless the script sets another search path */
    public PendingObjects(String defaultSchema) {
        this.defaultSchema = defaultSchema;
        this.currentSchema = defaultSchema;
    }

    /** Temporary tables end with the session, and a search path is not handed on to the next script. */
    public void startScript() {
        temporary.clear();
        ofThisScript.clear();
        currentSchema = defaultSchema;
    }

    public Novelty relation(Name name) {
        if (isTemporary(name)) {
            return Novelty.NEW;
        }
        Name full = name.in(currentSchema);
        Novelty own = relations.getOrDefault(full, Novelty.EXISTING);
        return own.existing() && full.schema() != null ? schema(full.schema()) : own;
    }

    public Novelty column(Name table, String column) {
        Novelty whole = relation(table);
        boolean added = columns.getOrDefault(table.in(currentSchema), Set.of()).contains(column);
        return whole.existing() && added ? Novelty.NEW : whole;
    }

    public Novelty schema(String name) {
        return schemas.getOrDefault(name, Novelty.EXISTING);
    }

    /** Whether two names mean one object, where only one of them may say its schema. */
    public boolean same(Name one, Name other) {
        return one.in(currentSchema).equals(other.in(currentSchema));
    }

    public Novelty database(String name) {
        return databases.contains(name) ? Novelty.NEW : Novelty.EXISTING;
    }

    /** Takes note of what the statement creates, renames or drops. Its parts are statements of their own. */
    public void apply(Statement statement) {
        switch (statement) {
            case Statement.CreateTable table ->
                create(table.name(), table.ifNotExists(), table.persistence() == Persistence.TEMPORARY);
            case Statement.CreateView view -> {
                // OR REPLACE may have found one that clients use.
                if (!view.orReplace()) {
                    create(view.name(), false, view.temporary());
                }
            }
            case Statement.CreateSchema schema -> createSchema(schema);
            case Statement.CreateObject object -> createObject(object);
            case Statement.AlterTable alter -> alter(alter);
            case Statement.RenameObject rename -> rename(rename);
            case Statement.DropObject drop -> drop(drop);
            case Statement.SetSearchPath path ->
                currentSchema = path.schemas().isEmpty()
                        ? defaultSchema
                        : path.schemas().getFirst();
            case Statement.TransactionControl control -> {
                if (control.verb() == Verb.ROLLBACK || control.verb() == Verb.ROLLBACK_TO_SAVEPOINT) {
                    rollBack();
                }
            }
            case Statement.CreateIndex _,
                    Statement.Truncate _,
                    Statement.Delete _,
                    Statement.Update _,
                    Statement.Insert _,
                    Statement.Merge _,
                    Statement.Query _,
                    Statement.AnonymousBlock _,
                    Statement.Other _,
                    Statement.Unreadable _ -> {}
        }
    }

    private boolean isTemporary(Name name) {
        return name.schema() == null ? temporary.contains(name.local()) : TEMPORARY_SCHEMA.equals(name.schema());
    }

    private void create(Name name, boolean ifNotExists, boolean isTemporary) {
        if (isTemporary) {
            temporary.add(name.local());
            return;
        }
        Name full = name.in(currentSchema);
        relations.put(full, ifNotExists ? Novelty.LIKELY_NEW : Novelty.NEW);
        ofThisScript.add(full);
    }

    private void createSchema(Statement.CreateSchema schema) {
        // Many projects create their schema only where it is missing: what is in it may well be old.
        if (!schema.ifNotExists()) {
            schemas.put(schema.name(), Novelty.NEW);
            ofThisScript.add(Name.of(schema.name()));
        }
    }

    private void createObject(Statement.CreateObject object) {
        if (object.kind() == ObjectKind.DATABASE) {
            databases.add(object.name().local());
        } else if (object.kind().isRelation()) {
            create(object.name(), false, object.temporary());
        }
    }

    private void alter(Statement.AlterTable alter) {
        Name table = alter.name().in(currentSchema);
        for (TableAction action : alter.actions()) {
            switch (action) {
                case TableAction.AddColumn add -> {
                    // With IF NOT EXISTS it may be an old column, with values in it.
                    if (!add.ifNotExists()) {
                        columnsOf(table).add(add.column().name());
                    }
                }
                case TableAction.DropColumn drop -> columnsOf(table).remove(drop.column());
                case TableAction.RenameColumn rename -> {
                    if (columnsOf(table).remove(rename.from())) {
                        columnsOf(table).add(rename.to());
                    }
                }
                case TableAction.RenameTable rename -> move(alter.name(), table.sibling(rename.to()));
                case TableAction.SetSchema set -> move(alter.name(), new Name(set.schema(), table.local()));
                case TableAction.AttachPartition attach -> {
                    // A new table with an old partition is as busy as the partition is.
                    if (relation(attach.partition()).existing()) {
                        relations.remove(table);
                    }
                }
                case TableAction.RenameConstraint _,
                        TableAction.SetNotNull _,
                        TableAction.DropNotNull _,
                        TableAction.SetDefault _,
                        TableAction.DropDefault _,
                        TableAction.ChangeType _,
                        TableAction.AddConstraint _,
                        TableAction.DropConstraint _,
                        TableAction.ValidateConstraint _,
                        TableAction.DetachPartition _,
                        TableAction.Other _ -> {}
            }
        }
    }

    private Set<String> columnsOf(Name table) {
        return columns.computeIfAbsent(table, _ -> new HashSet<>());
    }

    private void rename(Statement.RenameObject rename) {
        if (rename.kind().isRelation()) {
            move(rename.name(), rename.name().in(currentSchema).sibling(rename.to()));
        } else if (rename.kind() == ObjectKind.SCHEMA) {
            renameSchema(rename.name().local(), rename.to());
        }
    }

    private void move(Name from, Name to) {
        if (isTemporary(from)) {
            temporary.remove(from.local());
            temporary.add(to.local());
            return;
        }
        Novelty novelty = relation(from);
        Name old = from.in(currentSchema);
        relations.remove(old);
        relations.remove(to);
        if (!novelty.existing()) {
            relations.put(to, novelty);
            ofThisScript.add(to);
        }
        Set<String> moved = columns.remove(old);
        if (moved != null) {
            columns.put(to, moved);
        }
    }

    private void renameSchema(String from, String to) {
        Novelty novelty = schemas.remove(from);
        if (novelty != null) {
            schemas.put(to, novelty);
            ofThisScript.add(Name.of(to));
        }
        for (Name name : Set.copyOf(relations.keySet())) {
            if (from.equals(name.schema())) {
                move(name, new Name(to, name.local()));
            }
        }
    }

    private void drop(Statement.DropObject drop) {
        for (Name name : drop.names()) {
            if (drop.kind() == ObjectKind.SCHEMA) {
                schemas.remove(name.local());
                relations.keySet().removeIf(relation -> name.local().equals(relation.schema()));
            } else if (drop.kind() == ObjectKind.DATABASE) {
                databases.remove(name.local());
            } else if (drop.kind().isRelation() && isTemporary(name)) {
                temporary.remove(name.local());
            } else if (drop.kind().isRelation()) {
                relations.remove(name.in(currentSchema));
                columns.remove(name.in(currentSchema));
            }
        }
    }

    /** More may be forgotten than was rolled back, never less: a finding too many is the safer mistake. */
    private void rollBack() {
        for (Name name : ofThisScript) {
            if (name.schema() == null) {
                schemas.remove(name.local());
            } else {
                relations.remove(name);
            }
        }
        columns.clear();
        temporary.clear();
        ofThisScript.clear();
    }
}
