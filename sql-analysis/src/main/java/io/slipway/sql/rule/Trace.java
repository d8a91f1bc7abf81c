package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TypeStatement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that a migration leaves in the schema and an undo script has to take away. Names are compared without their
 * schema: which one is meant when none is named is not decided here.
 *
 * @param table that it belongs to; its own name for tables; empty for what belongs to none
 */
record Trace(Kind kind, String schema, String table, String name) {

    /** What it is. */
    enum Kind {
        SCHEMA,
        RELATION,
        COLUMN,
        CONSTRAINT,
        TYPE
    }

    /** Whether taking this away takes the other along. */
    boolean covers(Trace other) {
        return switch (kind) {
            case SCHEMA -> other.kind == Kind.SCHEMA ? name.equals(other.name) : name.equals(other.schema);
            case RELATION ->
                other.kind == Kind.RELATION && name.equals(other.name)
                        || other.kind != Kind.SCHEMA && !other.table.isEmpty() && name.equals(other.table);
            // A constraint goes with its columns; on which it stands is not asked for.
            case COLUMN -> table.equals(other.table) && (other.kind == Kind.CONSTRAINT || is(other));
            case CONSTRAINT -> is(other);
            case TYPE -> other.kind == Kind.TYPE && name.equals(other.name);
        };
    }

    private boolean is(Trace other) {
        return kind == other.kind && table.equals(other.table) && name.equals(other.name);
    }

    String text() {
        return switch (kind) {
            case SCHEMA -> "schema " + name;
            case RELATION -> name;
            case COLUMN -> "column " + table + "." + name;
            case CONSTRAINT -> "constraint " + name + " of " + table;
            case TYPE -> "type " + name;
        };
    }

    static Set<Trace> leftBy(List<Statement> statements) {
        Set<Trace> left = new LinkedHashSet<>();
        for (Statement statement : statements) {
            removedBy(List.of(statement)).forEach(removed -> left.removeIf(removed::covers));
            made(statement).forEach(left::add);
        }
        return left;
    }

    private static List<Trace> made(Statement statement) {
        return switch (statement) {
            case Statement.CreateSchema schema -> List.of(new Trace(Kind.SCHEMA, schema.name(), "", schema.name()));
            case Statement.CreateTable table ->
                table.persistence() == Persistence.TEMPORARY
                        ? List.of()
                        : List.of(relation(table.name(), parent(table)));
            case Statement.CreateView view ->
                view.temporary() || view.orReplace() ? List.of() : List.of(relation(view.name(), ""));
            case Statement.CreateIndex index ->
                index.name() == null
                        ? List.of()
                        : List.of(relation(
                                index.table().sibling(index.name()),
                                index.table().local()));
            case Statement.CreateObject object ->
                switch (object.kind()) {
                    case SEQUENCE -> object.temporary() ? List.of() : List.of(relation(object.name(), ""));
                    case TYPE, DOMAIN -> List.of(type(object.name()));
                    default -> List.of();
                };
            case TypeStatement.CreateEnum type -> List.of(type(type.name()));
            case TypeStatement.CreateDomain domain -> List.of(type(domain.name()));
            case Statement.AlterTable alter -> made(alter);
            default -> List.of();
        };
    }

    private static List<Trace> made(Statement.AlterTable alter) {
        List<Trace> made = new ArrayList<>();
        String schema = schema(alter.name());
        String table = alter.name().local();
        for (TableAction action : alter.actions()) {
            switch (action) {
                case TableAction.AddColumn add ->
                    made.add(new Trace(Kind.COLUMN, schema, table, add.column().name()));
                case TableAction.AddConstraint add -> {
                    String name = add.constraint().name();
                    if (name != null) {
                        made.add(new Trace(Kind.CONSTRAINT, schema, table, name));
                    }
                }
                case TableAction.RenameColumn rename -> made.add(new Trace(Kind.COLUMN, schema, table, rename.to()));
                case TableAction.RenameTable rename ->
                    made.add(relation(alter.name().sibling(rename.to()), ""));
                default -> {}
            }
        }
        return made;
    }

    static List<Trace> removedBy(List<Statement> statements) {
        List<Trace> removed = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.DropObject drop) {
                drop.names().forEach(name -> removed.add(dropped(drop.kind(), name)));
            } else if (statement instanceof Statement.AlterTable alter) {
                removed.addAll(removedBy(alter));
            } else if (statement instanceof Statement.RenameObject rename
                    && rename.kind().isRelation()) {
                removed.add(relation(rename.name(), ""));
            }
        }
        return removed;
    }

    private static List<Trace> removedBy(Statement.AlterTable alter) {
        List<Trace> removed = new ArrayList<>();
        String schema = schema(alter.name());
        String table = alter.name().local();
        for (TableAction action : alter.actions()) {
            switch (action) {
                case TableAction.DropColumn drop -> removed.add(new Trace(Kind.COLUMN, schema, table, drop.column()));
                case TableAction.DropConstraint drop ->
                    removed.add(new Trace(Kind.CONSTRAINT, schema, table, drop.name()));
                case TableAction.RenameColumn rename ->
                    removed.add(new Trace(Kind.COLUMN, schema, table, rename.from()));
                case TableAction.RenameTable _ -> removed.add(relation(alter.name(), ""));
                default -> {}
            }
        }
        return removed;
    }

    private static String parent(Statement.CreateTable table) {
        Name parent = table.partitionOf();
        return parent == null ? "" : parent.local();
    }

    private static Trace dropped(ObjectKind kind, Name name) {
        return switch (kind) {
            case SCHEMA -> new Trace(Kind.SCHEMA, name.local(), "", name.local());
            case TYPE, DOMAIN -> type(name);
            default -> relation(name, "");
        };
    }

    private static Trace type(Name name) {
        return new Trace(Kind.TYPE, schema(name), "", name.local());
    }

    static Trace relation(Name name, String table) {
        return new Trace(Kind.RELATION, schema(name), table, name.local());
    }

    private static String schema(Name name) {
        String schema = name.schema();
        return schema == null ? "" : schema;
    }
}
