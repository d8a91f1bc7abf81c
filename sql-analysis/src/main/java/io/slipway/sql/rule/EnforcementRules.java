package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.AlterConstraint.Enforcement;
import io.slipway.sql.effect.TableScan;
import java.util.List;

/** Foreign keys that begin or cease to be enforced, which the rules on those that come and go report as well. */
final class EnforcementRules {
    private EnforcementRules() {}

    static boolean ceases(TableAction action) {
        return action instanceof TableAction.AlterConstraint alter && alter.enforcement() == Enforcement.NOT_ENFORCED;
    }

    static List<Hit> begun(Statement statement, Situation situation) {
        boolean reads = situation.effects().scans().stream().anyMatch(scan -> scan.why() == TableScan.Why.FOREIGN_KEY);
        return reads && statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(TableAction.AlterConstraint.class::isInstance)
                        .map(TableAction.AlterConstraint.class::cast)
                        .filter(action -> action.enforcement() == Enforcement.ENFORCED)
                        .map(action -> begun(alter.name(), action))
                        .toList()
                : List.of();
    }

    private static Hit begun(Name table, TableAction.AlterConstraint action) {
        return Hit.of(
                        action.span(),
                        "ENFORCED checks all rows of %s while nobody can read or write it.".formatted(table.sql()))
                .locks(Locks.accessExclusive(table))
                .safer("""
                ALTER TABLE %1$s DROP CONSTRAINT %2$s;
                -- ALTER TABLE %1$s ADD CONSTRAINT %2$s FOREIGN KEY (...) REFERENCES ... NOT VALID;
                -- In a later migration:
                -- ALTER TABLE %1$s VALIDATE CONSTRAINT %2$s;""".formatted(table.sql(), Name.quoted(action.name())))
                .growsWith(table);
    }
}
