package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;
import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;
import static io.slipway.sql.rule.Rule.Category.FORMAT;
import static io.slipway.sql.rule.Rule.Category.REWRITE;

import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.TableSetting;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.LockMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables that are stored anew as they are, and what PostgreSQL will refuse or lock because of what it knows of them. */
final class StorageRules {
    private StorageRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("vacuum-full")
                        .error(REWRITE, "VACUUM FULL")
                        .happens(
                                "The table and its indexes are written anew while nobody can use it, and need their size on disk a"
                                        + " second time.")
                        .locks(RewriteRules.LOCK)
                        .bad("VACUUM FULL orders;", "VACUUM (FULL, ANALYZE) orders;")
                        .good("VACUUM orders;", "VACUUM (ANALYZE) orders;")
                        .statement((statement, situation) -> statement instanceof MaintenanceStatement.Vacuum vacuum
                                        && vacuum.full()
                                ? List.of(Hit.of(
                                                vacuum.span(),
                                                "VACUUM FULL writes the whole table anew while nobody can use it.")
                                        .locks(RewriteRules.LOCK)
                                        .safer("-- Makes the room free for new rows, and blocks nobody:\nVACUUM %s;"
                                                .formatted(names(vacuum.tables()))))
                                : List.of()),
                Rule.named("cluster")
                        .error(REWRITE, "CLUSTER")
                        .happens(
                                "The table and its indexes are written anew while nobody can use it, and need their size on disk a"
                                        + " second time.")
                        .locks(RewriteRules.LOCK)
                        .bad("CLUSTER orders USING orders_pkey;")
                        .good(
                                "CREATE TABLE t (a int PRIMARY KEY); CLUSTER t USING t_pkey;",
                                "ALTER TABLE orders CLUSTER ON orders_pkey;")
                        .statement((statement, situation) -> statement instanceof MaintenanceStatement.Cluster cluster
                                        && (cluster.table() == null || situation.exists(cluster.table()))
                                ? List.of(Hit.of(
                                                cluster.span(),
                                                "CLUSTER writes the whole table anew while nobody can use it.")
                                        .locks(RewriteRules.LOCK))
                                : List.of()),
                setting(
                        "set-logged-unlogged",
                        "SET LOGGED or SET UNLOGGED",
                        Set.of(TableSetting.Kind.LOGGED, TableSetting.Kind.UNLOGGED),
                        "ALTER TABLE orders SET UNLOGGED;"),
                setting(
                        "set-tablespace",
                        "SET TABLESPACE",
                        Set.of(TableSetting.Kind.TABLESPACE),
                        "ALTER TABLE orders SET TABLESPACE fast;"),
                setting(
                        "set-access-method",
                        "SET ACCESS METHOD",
                        Set.of(TableSetting.Kind.ACCESS_METHOD),
                        "ALTER TABLE orders SET ACCESS METHOD columnar;"),
                Rule.named("drop-foreign-key-locks-parent")
                        .warning(AVAILABILITY, "A foreign key that goes, and locks the table that it points to")
                        .happens(
                                "Both tables are closed until the transaction ends. A script that locks them in another order than the"
                                        + " application does ends in a deadlock.")
                        .locks("ACCESS EXCLUSIVE on both tables: " + Locks.ALL + ".")
                        .bad("""
                                -- >> before
                                CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE o (c_id int CONSTRAINT o_c REFERENCES c);
                                -- >> V1__a.sql
                                ALTER TABLE o DROP CONSTRAINT o_c;""", "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;", """
                                -- >> before
                                CREATE TABLE c (id int PRIMARY KEY); CREATE TABLE o (c_id int CONSTRAINT o_c REFERENCES c);
                                -- >> V1__a.sql
                                ALTER TABLE o ALTER CONSTRAINT o_c NOT ENFORCED;""")
                        .good(
                                "ALTER TABLE orders DROP CONSTRAINT positive;",
                                "CREATE TABLE o (c_id int CONSTRAINT o_c_fkey REFERENCES c); ALTER TABLE o DROP CONSTRAINT o_c_fkey;")
                        .statement(StorageRules::foreignKeyGoes),
                Rule.named("drop-constraint-drops-index")
                        .warning(DATA_LOSS, "DROP CONSTRAINT that takes an index with it")
                        .in(Profile.STRICT)
                        .happens("Queries that used the index read the whole table from then on.")
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int, CONSTRAINT u UNIQUE (a));\n-- >> V1__a.sql\nALTER TABLE t DROP CONSTRAINT"
                                        + " u;")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int, CONSTRAINT u CHECK (a > 0));\n-- >> V1__a.sql\nALTER TABLE t DROP"
                                        + " CONSTRAINT u;")
                        .statement(StorageRules::indexGoes),
                Rule.named("partitioned-index-strategy")
                        .error(FORMAT, "CREATE or DROP INDEX CONCURRENTLY on a partitioned table")
                        .happens(
                                "PostgreSQL refuses it at run time. The parent's half is made at once, each partition's concurrently.")
                        .bad(
                                "-- >> before\nCREATE TABLE p (a int) PARTITION BY RANGE (a);\n-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i"
                                        + " ON p (a);")
                        .good(
                                "-- >> before\nCREATE TABLE p (a int) PARTITION BY RANGE (a);\n-- >> V1__a.sql\nCREATE INDEX i ON ONLY p (a);")
                        .statement(StorageRules::partitionedIndex),
                Rule.named("statement-fails")
                        .error(FORMAT, "A statement that PostgreSQL refuses, by all that is known of the schema")
                        .happens("It fails at run time, and with it the migration.")
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;\n-- >> V1__a.sql\nDROP TABLE t;")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;\n-- >> V1__a.sql\nDROP TABLE t CASCADE;")
                        .statement(StorageRules::fails));
    }

    private static Rule setting(String id, String title, Set<TableSetting.Kind> kinds, String example) {
        return Rule.named(id)
                .error(REWRITE, title)
                .happens("The whole table is written anew, into other files, while nobody can use it.")
                .locks(RewriteRules.LOCK)
                .bad(example)
                .good("CREATE TABLE orders (a int); " + example, "ALTER TABLE orders SET (fillfactor = 70);")
                .statement((statement, situation) -> statement instanceof Statement.AlterTable alter
                                && situation.exists(alter.name())
                        ? alter.actions().stream()
                                .filter(action -> action instanceof TableSetting set && kinds.contains(set.kind()))
                                .map(action -> Hit.of(
                                                action.span(),
                                                "%s is written anew while nobody can use it."
                                                        .formatted(alter.name().sql()))
                                        .locks(Locks.accessExclusive(alter.name()))
                                        .growsWith(alter.name()))
                                .toList()
                        : List.of());
    }

    private static List<Hit> foreignKeyGoes(Statement statement, Situation situation) {
        Set<Name> own =
                switch (statement) {
                    case Statement.AlterTable alter
                    when alter.actions().stream()
                            .anyMatch(action ->
                                    action instanceof TableAction.DropConstraint || EnforcementRules.ceases(action)) ->
                        Set.of(situation.catalog().resolve(alter.name()));
                    case Statement.DropObject drop
                    when drop.kind() == ObjectKind.TABLE ->
                        drop.names().stream().map(situation.catalog()::resolve).collect(Collectors.toSet());
                    default -> Set.of();
                };
        if (own.isEmpty() || own.stream().noneMatch(situation::exists)) {
            return List.of();
        }
        List<Name> others = situation.effects().locksOnExisting().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE && !own.contains(lock.relation()))
                .filter(lock -> lock.target() == io.slipway.sql.effect.LockTaken.Target.TABLE)
                .map(lock -> lock.relation())
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            return List.of(
                    Hit.of(statement.span(), "It also closes %s until the transaction ends.".formatted(names(others)))
                            .locks(LockMode.ACCESS_EXCLUSIVE.on(others))
                            .safer(
                                    "-- In a script of its own, the referenced table first, as the application does:\nSET LOCAL lock_timeout = '2s';\nLOCK TABLE %s, %s IN ACCESS EXCLUSIVE MODE;"
                                            .formatted(names(others), names(List.copyOf(own)))));
        }
        boolean looksLikeOne = statement instanceof Statement.AlterTable alter
                && situation
                        .catalog()
                        .relation(alter.name())
                        .filter(Relation::complete)
                        .isEmpty()
                && alter.actions().stream()
                        .anyMatch(action -> action instanceof TableAction.DropConstraint drop
                                && drop.name().endsWith("_fkey"));
        return looksLikeOne
                ? List.of(Hit.of(
                        statement.span(),
                        "By its name it is a foreign key: the table that it points to is closed as well."))
                : List.of();
    }

    private static List<Hit> indexGoes(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.DropConstraint drop
                                && situation
                                        .catalog()
                                        .relation(alter.name())
                                        .flatMap(relation -> relation.constraint(drop.name()))
                                        .filter(constraint -> constraint.kind().hasIndex())
                                        .isPresent())
                        .map(action -> Hit.of(
                                action.span(),
                                "The index of the constraint of %s goes with it."
                                        .formatted(alter.name().sql())))
                        .toList()
                : List.of();
    }

    private static List<Hit> partitionedIndex(Statement statement, Situation situation) {
        String failure = situation.effects().failure();
        if (failure == null || !failure.startsWith("An index on a partitioned table")) {
            return List.of();
        }
        Hit hit = Hit.of(statement.span(), failure);
        return List.of(
                statement instanceof Statement.CreateIndex index && index.name() != null
                        ? hit.safer("""
                        CREATE %1$sINDEX %2$s ON ONLY %3$s %4$s;
                        -- For each partition, in a migration of its own: CREATE INDEX CONCURRENTLY on it, then
                        -- ALTER INDEX %2$s ATTACH PARTITION ...;""".formatted(
                                        index.unique() ? "UNIQUE " : "",
                                        Name.quoted(index.name()),
                                        index.table().sql(),
                                        index.definition()))
                        : hit);
    }

    /** Where another rule says the same with more words, that one speaks. */
    private static List<Hit> fails(Statement statement, Situation situation) {
        String failure = situation.effects().failure();
        boolean told = failure == null
                || failure.startsWith("An index on a partitioned table")
                || failure.startsWith("DROP INDEX CONCURRENTLY")
                || failure.startsWith("The value ")
                || failure.startsWith("The new column")
                || failure.startsWith("The index ")
                || failure.startsWith("A view depends")
                        && statement instanceof Statement.AlterTable alter
                        && alter.actions().stream().anyMatch(TableAction.ChangeType.class::isInstance);
        return told ? List.of() : List.of(Hit.of(statement.span(), "PostgreSQL will refuse it: " + failure));
    }

    private static String names(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }
}
