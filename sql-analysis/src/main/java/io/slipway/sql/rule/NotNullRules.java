package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;
import static io.slipway.sql.rule.Rule.Category.COMPATIBILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.effect.TableScan;
import java.util.List;

/** Columns that become NOT NULL, by themselves or under a primary key. */
final class NotNullRules {
    private NotNullRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("set-not-null-scan")
                        .error(AVAILABILITY, "SET NOT NULL that reads the whole table")
                        .happens(
                                "All rows are read while nobody can use the table. A valid CHECK (column IS NOT NULL) spares that, unless the"
                                        + " same statement drops it: PostgreSQL drops first.")
                        .locks("ACCESS EXCLUSIVE on the table until all rows are read: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE orders ALTER COLUMN state SET NOT NULL;",
                                "-- >> before\nCREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT"
                                        + " VALID;\n-- >> V1__a.sql\nALTER TABLE t ALTER a SET NOT NULL;",
                                "-- >> before\nCREATE TABLE t (a int, CONSTRAINT c CHECK (a IS NOT NULL));\n-- >> V1__a.sql\n"
                                        + "ALTER TABLE t ALTER a SET NOT NULL, DROP CONSTRAINT c;")
                        .good(
                                """
                                -- >> V1__a.sql
                                ALTER TABLE orders ADD CONSTRAINT c CHECK (state IS NOT NULL) NOT VALID;
                                -- >> V2__b.sql
                                ALTER TABLE orders VALIDATE CONSTRAINT c;
                                -- >> V3__c.sql
                                ALTER TABLE orders ALTER state SET NOT NULL;
                                ALTER TABLE orders DROP CONSTRAINT c;""",
                                "-- >> before\nCREATE TABLE t (a int NOT NULL);\n-- >> V1__a.sql\nALTER TABLE t ALTER a SET NOT NULL;",
                                "CREATE TABLE t (a int); ALTER TABLE t ALTER a SET NOT NULL;")
                        .statement(NotNullRules::setNotNull),
                Rule.named("set-not-null-breaks-writers")
                        .warning(COMPATIBILITY, "SET NOT NULL on a column that may be NULL so far")
                        .in(Profile.STRICT)
                        .happens(
                                "Every write of the running release that leaves the column out, or writes NULL, fails from now on.")
                        .bad("ALTER TABLE orders ALTER COLUMN state SET NOT NULL;")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int, CHECK (a IS NOT NULL));\n-- >> V1__a.sql\nALTER TABLE t ALTER a SET"
                                        + " NOT NULL;")
                        .statement(NotNullRules::refusesNulls),
                Rule.named("add-primary-key-using-nullable-index")
                        .warning(AVAILABILITY, "ADD PRIMARY KEY USING INDEX over a column that may be NULL")
                        .happens(
                                "PostgreSQL makes the column NOT NULL first, and reads all rows for it while nobody can use the table.")
                        .locks("ACCESS EXCLUSIVE on the table until all rows are read: " + Locks.ALL + ".")
                        .bad("-- >> before\nCREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a);\n-- >> V1__a.sql\n"
                                + "ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY USING INDEX i;")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a);\n-- >> V1__a.sql\n"
                                        + "ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY USING INDEX i;")
                        .statement(NotNullRules::nullableKey));
    }

    private static boolean scansForNulls(Situation situation) {
        return situation.effects().scans().stream().anyMatch(scan -> scan.why() == TableScan.Why.NOT_NULL);
    }

    private static List<Hit> setNotNull(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.AlterTable alter)
                || !situation.exists(alter.name())
                || !scansForNulls(situation)) {
            return List.of();
        }
        return alter.actions().stream()
                .filter(TableAction.SetNotNull.class::isInstance)
                .map(TableAction.SetNotNull.class::cast)
                .filter(set -> mayBeNull(set, alter, situation))
                .map(set -> Hit.of(
                                set.span(),
                                "SET NOT NULL reads all of %s while nobody can use it."
                                        .formatted(alter.name().sql()))
                        .locks(Locks.accessExclusive(alter.name()))
                        .safer(safeNotNull(alter.name(), set.column(), situation.serverVersion()))
                        .growsWith(alter.name()))
                .toList();
    }

    private static boolean mayBeNull(TableAction.SetNotNull set, Statement.AlterTable alter, Situation situation) {
        return situation
                .catalog()
                .relation(alter.name())
                .filter(relation -> relation.afterDrops(alter).provenNotNull(set.column()))
                .isEmpty();
    }

    private static String safeNotNull(Name table, String column, int serverVersion) {
        String name = Name.quoted(table.local() + "_" + column + "_not_null");
        return (serverVersion >= 18 ? """
                ALTER TABLE %1$s ADD CONSTRAINT %3$s NOT NULL %2$s NOT VALID;
                -- In a later migration, which reads the rows and blocks nobody:
                ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;""" : """
                ALTER TABLE %1$s ADD CONSTRAINT %3$s CHECK (%2$s IS NOT NULL) NOT VALID;
                -- In a later migration, which reads the rows and blocks nobody:
                ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;
                -- And in one more:
                -- ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL;
                -- ALTER TABLE %1$s DROP CONSTRAINT %3$s;""").formatted(table.sql(), Name.quoted(column), name);
    }

    private static List<Hit> refusesNulls(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.SetNotNull set
                                && situation
                                        .pending()
                                        .column(alter.name(), set.column())
                                        .existing()
                                && mayBeNull(set, alter, situation))
                        .map(action -> Hit.of(
                                action.span(),
                                "Writers of %s that leave the column out fail from now on."
                                        .formatted(alter.name().sql())))
                        .toList()
                : List.of();
    }

    private static List<Hit> nullableKey(Statement statement, Situation situation) {
        boolean proven = situation.effects().scans().stream()
                .anyMatch(scan -> scan.why() == TableScan.Why.NOT_NULL && scan.proven());
        return proven && statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddConstraint add
                                && add.constraint().usingIndex() != null)
                        .map(action -> Hit.of(
                                        action.span(),
                                        "The primary key makes a column of %s NOT NULL, and reads all rows for it."
                                                .formatted(alter.name().sql()))
                                .locks(Locks.accessExclusive(alter.name()))
                                .safer("-- First, for each column of the index:\n"
                                        + safeNotNull(alter.name(), "id", situation.serverVersion()))
                                .growsWith(alter.name()))
                        .toList()
                : List.of();
    }
}
