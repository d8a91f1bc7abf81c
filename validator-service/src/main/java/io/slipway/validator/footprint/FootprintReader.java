package io.slipway.validator.footprint;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.parse.Parser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the footprint off the scripts, in the order in which they run. One instance reads one plan. */
public final class FootprintReader {
    private static final Pattern ROLE = Pattern.compile(
            "SET\\s+(?:LOCAL\\s+|SESSION\\s+)?(?:ROLE|SESSION\\s+AUTHORIZATION)\\s.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Map<String, Power> POWERS = Map.of(
            "ALTER SYSTEM", Power.SUPERUSER,
            "CREATE TABLESPACE", Power.SUPERUSER,
            "DROP TABLESPACE", Power.SUPERUSER,
            "CREATE EVENT TRIGGER", Power.SUPERUSER,
            "CREATE ACCESS METHOD", Power.SUPERUSER,
            "CREATE FOREIGN DATA WRAPPER", Power.SUPERUSER,
            "CREATE ROLE", Power.CREATEROLE,
            "CREATE USER", Power.CREATEROLE,
            "DROP ROLE", Power.CREATEROLE,
            "CREATE DATABASE", Power.CREATEDB);

    private final String defaultSchema;
    private final SequencedMap<Name, Set<Use>> uses = new LinkedHashMap<>();
    private final Set<Name> created = new HashSet<>();
    private final Set<String> createdSchemas = new HashSet<>();
    private final Set<String> createsIn = new LinkedHashSet<>();
    private final List<WantedExtension> extensions = new ArrayList<>();
    private final Map<Power, String> powers = new EnumMap<>(Power.class);
    private final Set<String> words = new LinkedHashSet<>();
    private final List<ReadScript> scripts = new ArrayList<>();
    private String sql = "";
    private boolean changesRole;

    /** What names without a schema lead to since the script has set the search path; empty until then. */
    private String path = "";

    /** @param defaultSchema where something new without a schema goes; {@link Footprint#OWN_SCHEMA} where it is open */
    public FootprintReader(String defaultSchema) {
        this.defaultSchema = defaultSchema;
    }

    /** Takes in the next script that runs. */
    public FootprintReader read(String name, String script) {
        sql = script;
        path = "";
        words.addAll(Identifiers.of(script));
        List<Statement> statements = Parser.parse(script);
        scripts.add(new ReadScript(name, statements));
        statements.forEach(this::read);
        return this;
    }

    public Footprint footprint() {
        return new Footprint(
                uses, createsIn, !createdSchemas.isEmpty(), extensions, powers, changesRole, words, scripts);
    }

    private void read(Statement statement) {
        if (statement instanceof Statement.CreateSchema schema) {
            createdSchemas.add(schema.name());
        }
        statement.parts().forEach(this::read);
        // Most kinds of statement touch no relation; a new kind adds nothing until it is named here.
        if (statement instanceof Statement.CreateTable table) {
            create(table);
        } else if (statement instanceof Statement.CreateIndex index) {
            use(index.table(), Use.INDEXES);
        } else if (statement instanceof Statement.CreateView view && !view.temporary()) {
            created(view.name());
        } else if (statement instanceof Statement.CreateObject object) {
            create(object);
        } else if (statement instanceof Statement.AlterTable alter) {
            alter(alter);
        } else if (statement instanceof Statement.RenameObject rename
                && rename.kind().isRelation()) {
            use(rename.name(), Use.ALTERS);
            created.add(place(rename.name().sibling(rename.to())));
        } else if (statement instanceof Statement.DropObject drop && drop.kind().isRelation()) {
            drop.names().forEach(name -> use(name, Use.ALTERS));
        } else if (statement instanceof Statement.SetSearchPath search) {
            path = search.schemas().isEmpty() ? "" : search.schemas().getFirst();
        } else if (statement instanceof MaintenanceStatement maintenance) {
            maintain(maintenance);
        } else if (statement instanceof TableObjectStatement object) {
            hang(object);
        } else if (statement instanceof Statement.Other || statement instanceof AccessStatement) {
            other(statement);
        } else {
            rows(statement);
        }
    }

    private void maintain(MaintenanceStatement statement) {
        switch (statement) {
            case MaintenanceStatement.Vacuum vacuum ->
                vacuum.tables().forEach(table -> use(table, vacuum.full() ? Use.REWRITES : Use.ALTERS));
            case MaintenanceStatement.Analyze analyze -> analyze.tables().forEach(table -> use(table, Use.ALTERS));
            case MaintenanceStatement.Cluster cluster -> use(cluster.table(), Use.REWRITES);
            case MaintenanceStatement.Refresh refresh -> use(refresh.view(), Use.REWRITES);
            case MaintenanceStatement.AlterSequence sequence -> {
                use(sequence.name(), Use.ALTERS);
                use(sequence.ownedBy(), Use.ALTERS);
            }
            case MaintenanceStatement.Reindex reindex -> {
                switch (reindex.target()) {
                    case INDEX -> use(reindex.name(), Use.ALTERS);
                    case TABLE -> use(reindex.name(), Use.INDEXES);
                    case SCHEMA, DATABASE, SYSTEM -> {
                        // Of tables that the statement does not name.
                    }
                }
            }
            case MaintenanceStatement.LockTable _ -> {
                // Any privilege on the table may be enough, by its mode.
            }
        }
    }

    /** A trigger asks for a privilege of its own, which owners have; the others for the owner. */
    private void hang(TableObjectStatement statement) {
        switch (statement) {
            case TableObjectStatement.CreateTrigger trigger -> use(trigger.table(), Use.TRIGGERS);
            case TableObjectStatement.CreatePolicy policy -> use(policy.table(), Use.ALTERS);
            case TableObjectStatement.AlterPolicy policy -> use(policy.table(), Use.ALTERS);
            case TableObjectStatement.CreateRule rule -> use(rule.table(), Use.ALTERS);
            case TableObjectStatement.CreateStatistics statistics -> use(statistics.table(), Use.ALTERS);
            case TableObjectStatement.CreatePublication publication ->
                publication.tables().forEach(table -> use(table, Use.ALTERS));
            case TableObjectStatement.AlterPublication publication ->
                publication.tables().forEach(table -> use(table, Use.ALTERS));
        }
    }

    private void rows(Statement statement) {
        if (statement instanceof Statement.Truncate truncate) {
            truncate.tables().forEach(table -> use(table, Use.TRUNCATES));
        } else if (statement instanceof Statement.Delete delete) {
            use(delete.table(), Use.DELETES);
        } else if (statement instanceof Statement.Update update) {
            use(update.table(), update.hasWhere() ? Use.UPDATES : Use.UPDATES_ALL);
        } else if (statement instanceof Statement.Insert insert) {
            use(insert.table(), Use.INSERTS);
        }
    }

    private void create(Statement.CreateTable table) {
        if (table.persistence() == Persistence.TEMPORARY) {
            created.add(place(table.name()));
            return;
        }
        table.constraints().forEach(this::reference);
        table.columns().forEach(column -> column.constraints().forEach(this::reference));
        if (table.partitionOf() != null) {
            use(table.partitionOf(), Use.ALTERS);
        }
        created(table.name());
    }

    private void create(Statement.CreateObject object) {
        switch (object.kind()) {
            case EXTENSION -> extensions.add(WantedExtension.of(object.name().local(), text(object)));
            case DATABASE -> powers.putIfAbsent(Power.CREATEDB, "CREATE DATABASE");
            case SEQUENCE, TYPE, DOMAIN, ROUTINE -> {
                if (!object.temporary()) {
                    created(object.name());
                }
            }
            default -> {
                // What else has a name is in no schema, or hangs on a table.
            }
        }
    }

    private void alter(Statement.AlterTable alter) {
        for (TableAction action : alter.actions()) {
            use(alter.name(), UseRules.of(action));
            if (action instanceof TableAction.AddConstraint add) {
                reference(add.constraint());
            } else if (action instanceof TableAction.AddColumn add) {
                add.column().constraints().forEach(this::reference);
            } else if (action instanceof TableAction.AttachPartition attach) {
                use(attach.partition(), Use.ALTERS);
            } else if (action instanceof TableAction.RenameTable rename) {
                created.add(place(alter.name().sibling(rename.to())));
            } else if (action instanceof TableAction.SetSchema move) {
                creates(move.schema());
                created.add(new Name(move.schema(), alter.name().local()));
            }
        }
    }

    private void reference(Constraint constraint) {
        Name other = constraint.references();
        if (other != null) {
            use(other, Use.REFERENCES);
        }
    }

    private void other(Statement statement) {
        if (statement instanceof Statement.Other other) {
            Power power = POWERS.get(other.kind());
            if (power != null) {
                powers.putIfAbsent(power, other.kind());
            }
        }
        changesRole |= ROLE.matcher(text(statement)).matches();
    }

    private String text(Statement statement) {
        return sql.substring(statement.span().start().offset(), statement.span().end());
    }

    private void created(Name name) {
        Name full = place(name);
        if (full.schema() != null) {
            creates(full.schema());
        }
        if (!uses.containsKey(full)) {
            created.add(full);
        }
    }

    private void creates(String schema) {
        if (!createdSchemas.contains(schema)) {
            createsIn.add(schema);
        }
    }

    /** @param name null where the statement names none */
    private void use(@Nullable Name name, Use use) {
        if (name == null) {
            return;
        }
        Name known = name.schema() == null && !path.isEmpty() ? name.in(path) : name;
        boolean own =
                created.contains(place(name)) || known.schema() != null && createdSchemas.contains(known.schema());
        if (!own) {
            uses.computeIfAbsent(known, any -> EnumSet.noneOf(Use.class)).add(use);
        }
    }

    private Name place(Name name) {
        return name.in(path.isEmpty() ? defaultSchema : path);
    }
}
