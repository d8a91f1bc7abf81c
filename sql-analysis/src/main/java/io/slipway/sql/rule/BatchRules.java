package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.batch.Batch;
import io.slipway.sql.batch.BatchReading;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a data change that is marked to run in batches must be like. */
final class BatchRules {
    /** Those that sort as they compare, and come back from their text as they were. */
    private static final Set<String> KEY_TYPES = Set.of(
            "int2",
            "int4",
            "int8",
            "smallserial",
            "serial",
            "bigserial",
            "text",
            "varchar",
            "uuid",
            "date",
            "timestamp",
            "timestamptz");

    private static final String TABLE =
            "-- >> before\nCREATE TABLE orders (id bigint PRIMARY KEY, number text, state text,"
                    + " total int);\n-- >> V1__a.sql\n";

    private BatchRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("batch-marker")
                        .error(FORMAT, "A slipway:batch marker with a mistake in it, or where it means nothing")
                        .happens(
                                "The executor refuses the script, since nobody knows in which batches it is to run. Above the"
                                        + " statement: -- slipway:batch table=orders key=id size=5000 pause=100ms.")
                        .bad(
                                "-- slipway:batch table=orders key=id\nUPDATE orders SET state = 'new';",
                                "-- slipway:batch table=orders key=id size=5000 paus=1s\nUPDATE orders SET state = 'new';",
                                "-- slipway:batch table=orders key=id size=5000 pause=2d\nUPDATE orders SET state = 'new';",
                                "-- slipway:batches table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "-- slipway: batch table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "UPDATE orders SET state = 'new';\n-- slipway:batch table=orders key=id size=5000")
                        .good(
                                "-- slipway:batch table=orders key=id size=5000 pause=100ms\nUPDATE orders SET state = 'new';",
                                "-- slipway:batch table=public.\"orders\" key=id size=1 max-lag=5s lock-wait=2s\nDELETE FROM"
                                        + " \"orders\" WHERE state = 'gone';",
                                "-- >> V1__a.sql\nSELECT 1;\n-- >> U1__a.sql\n"
                                        + "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'old';")
                        .deployment(BatchRules::markers),
                Rule.named("batch-statement")
                        .error(FORMAT, "A script to run in batches that would do something else than at once")
                        .happens(
                                "The executor refuses the script. In batches runs one UPDATE or DELETE of the marked table, which"
                                        + " neither sets the key nor reads other rows of the table, and returns nothing.")
                        .bad(
                                "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'new'; SELECT 1;",
                                "-- slipway:batch table=orders key=id size=5000\nINSERT INTO orders (id) VALUES (1);",
                                "-- slipway:batch table=orders key=id size=5000\nUPDATE items SET state = 'new';",
                                "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET id = id + 1;",
                                "-- slipway:batch table=orders key=id size=5000\n"
                                        + "DELETE FROM orders WHERE state = 'gone' RETURNING id;",
                                "-- slipway:batch table=orders key=id size=5000\n"
                                        + "DELETE FROM orders o WHERE EXISTS (SELECT FROM orders p WHERE p.id > o.id);")
                        .good("-- slipway:batch table=orders key=id size=5000\n"
                                + "UPDATE orders o SET state = i.state FROM items i WHERE i.id = o.id OR o.id = 0;")
                        .file((file, _) -> hits(file, BatchReading.Part.STATEMENT)),
                Rule.named("batch-key")
                        .error(FORMAT, "A key by which a table cannot be cut into batches")
                        .happens(
                                "Rows with NULL in it would be passed over in silence, each batch would read the whole table without"
                                        + " an index, and batches could be of any size where it is not unique.")
                        .bad(
                                TABLE
                                        + "-- slipway:batch table=orders key=number size=5000\nUPDATE orders SET state = 'new';",
                                TABLE
                                        + "-- slipway:batch table=orders key=no size=5000\nUPDATE orders SET state = 'new';",
                                "-- >> before\nCREATE TABLE orders (id numeric PRIMARY KEY, state text);\n-- >> V1__a.sql\n"
                                        + "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "-- >> before\nCREATE TABLE orders (id int UNIQUE, state text);\n-- >> V1__a.sql\n"
                                        + "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "-- >> before\nCREATE TABLE orders (id int, state text);\n"
                                        + "CREATE VIEW open AS SELECT * FROM orders;\n-- >> V1__a.sql\n"
                                        + "-- slipway:batch table=open key=id size=5000\nUPDATE open SET state = 'new';")
                        .good(
                                TABLE
                                        + "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "-- >> before\nCREATE TABLE orders (id uuid NOT NULL, part int, UNIQUE (id, part));\n"
                                        + "-- >> V1__a.sql\n-- slipway:batch table=orders key=id size=5000\n"
                                        + "UPDATE orders SET part = 2 WHERE part = 1;")
                        .statement(BatchRules::key));
    }

    private static List<FileHit> markers(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        Stream.concat(deployment.files().stream(), deployment.undos().stream()).forEach(file -> {
            hits.addAll(hits(file, BatchReading.Part.MARKER));
            if (file.inBatches() && file.kind() == MigrationFile.Kind.CALLBACK) {
                hits.add(FileHit.at(file, 0, "Only migrations and undo scripts run in batches; callbacks do not."));
            }
        });
        return hits;
    }

    private static List<FileHit> hits(MigrationFile file, BatchReading.Part part) {
        return file.batch() instanceof BatchReading.Unsound unsound
                ? unsound.defects().stream()
                        .filter(defect -> defect.part() == part)
                        .map(defect -> new FileHit(file, Suppression.WHOLE_FILE, Hit.of(defect.at(), defect.message())))
                        .toList()
                : List.of();
    }

    private static List<Hit> key(Statement statement, Situation situation) {
        if (!(situation.file().batch() instanceof BatchReading.Sound(Batch batch)) || situation.whole() != statement) {
            return List.of();
        }
        Name table = situation.catalog().resolve(batch.change().table());
        return flaw(situation.catalog().relationOrUnknown(table), batch).map(situation::hit).stream()
                .toList();
    }

    private static Optional<String> flaw(Relation table, Batch batch) {
        if (table.kind() != Relation.Kind.TABLE && table.kind() != Relation.Kind.PARTITIONED_TABLE) {
            return Optional.of("%s is no table.".formatted(table.name().sql()));
        }
        if (!table.complete()) {
            return Optional.empty();
        }
        String key = batch.options().key();
        Optional<TableColumn> column = table.column(key);
        if (column.isEmpty()) {
            return Optional.of("%s has no column %s.".formatted(table.name().sql(), batch.key()));
        }
        if (!cuts(column.get().type())) {
            return Optional.of("%s is of type %s: a key is an integer, a text, a uuid, a date or a timestamp."
                    .formatted(batch.key(), column.get().type()));
        }
        if (!column.get().notNull()) {
            return Optional.of("%s may be NULL, and such rows would be in no batch.".formatted(batch.key()));
        }
        boolean unique = table.constraints().stream().anyMatch(constraint -> sorts(constraint, key))
                || table.indexes().stream().anyMatch(index -> sorts(index, key));
        return unique
                ? Optional.empty()
                : Optional.of("No unique index or primary key of %s begins with %s."
                        .formatted(table.name().sql(), batch.key()));
    }

    private static boolean cuts(DataType type) {
        return KEY_TYPES.stream().anyMatch(type::is);
    }

    private static boolean sorts(Constraint constraint, String key) {
        return (constraint.kind() == Constraint.Kind.PRIMARY_KEY || constraint.kind() == Constraint.Kind.UNIQUE)
                && !constraint.columns().isEmpty()
                && constraint.columns().getFirst().equals(key);
    }

    private static boolean sorts(Index index, String key) {
        return index.unique()
                && index.valid()
                && index.definition().predicate() == null
                && index.definition().method().equals("btree")
                && key.equals(index.definition().keys().getFirst().column());
    }
}
