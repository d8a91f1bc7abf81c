package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;

/** NOT VALID and VALIDATE CONSTRAINT: when, and whether at all. */
final class ValidationRules {
    private ValidationRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("validate-in-same-transaction")
                        .error(AVAILABILITY, "NOT VALID and VALIDATE CONSTRAINT in one transaction")
                        .happens(
                                "The lock of the first statement is held while all rows are checked, which is what NOT VALID was to"
                                        + " avoid.")
                        .locks(
                                "That of ADD CONSTRAINT, until the check is done: ACCESS EXCLUSIVE for a CHECK, SHARE ROW EXCLUSIVE"
                                        + " on both tables for a foreign key.")
                        .bad("""
                                ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
                                ALTER TABLE orders VALIDATE CONSTRAINT c;""")
                        .good("""
                                -- >> V1__a.sql
                                ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
                                -- >> V2__b.sql
                                ALTER TABLE orders VALIDATE CONSTRAINT c;""", """
                                CREATE TABLE t (a int);
                                ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
                                ALTER TABLE t VALIDATE CONSTRAINT c;""")
                        .statement(ValidationRules::atOnce),
                Rule.named("not-valid-never-validated")
                        .info(AVAILABILITY, "NOT VALID, and no VALIDATE CONSTRAINT in a later script")
                        .in(Profile.STRICT)
                        .happens(
                                "New rows are checked, the old ones never were: the planner cannot rely on it, and nobody remembers.")
                        .bad("ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID;")
                        .good("""
                                -- >> V1__a.sql
                                ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
                                -- >> V2__b.sql
                                ALTER TABLE orders VALIDATE CONSTRAINT c;""")
                        .deployment(ValidationRules::never));
    }

    static List<Hit> atOnce(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.AlterTable alter)
                || !situation.inTransaction()
                || alter.actions().stream().noneMatch(TableAction.ValidateConstraint.class::isInstance)
                || !situation.exists(alter.name())) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : alter.actions()) {
            if (action instanceof TableAction.ValidateConstraint validate
                    && situation.preceding().stream()
                            .anyMatch(before -> addsNotValid(before, alter.name(), validate.name(), situation))) {
                hits.add(Hit.of(
                                action.span(),
                                "%s is validated while the lock that added it is held."
                                        .formatted(Name.quoted(validate.name())))
                        .safer("-- In a migration of its own, behind this one:\nALTER TABLE %s VALIDATE CONSTRAINT %s;"
                                .formatted(alter.name().sql(), Name.quoted(validate.name())))
                        .growsWith(alter.name()));
            }
        }
        return hits;
    }

    private static boolean addsNotValid(Statement statement, Name table, String constraint, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                && situation.pending().same(alter.name(), table)
                && alter.actions().stream()
                        .anyMatch(action -> action instanceof TableAction.AddConstraint add
                                && !add.constraint().validated()
                                && constraint.equals(add.constraint().name()));
    }

    private static List<FileHit> never(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                if (file.statements().get(i) instanceof Statement.AlterTable alter) {
                    for (TableAction action : alter.actions()) {
                        if (action instanceof TableAction.AddConstraint add
                                && !add.constraint().validated()
                                && add.constraint().name() != null
                                && !settled(deployment, add.constraint().name())) {
                            hits.add(FileHit.at(
                                            file,
                                            i,
                                            "%s is never validated."
                                                    .formatted(Name.quoted(
                                                            add.constraint().name())))
                                    .safer("-- In a later migration:\nALTER TABLE %s VALIDATE CONSTRAINT %s;"
                                            .formatted(
                                                    alter.name().sql(),
                                                    Name.quoted(add.constraint().name()))));
                        }
                    }
                }
            }
        }
        return hits;
    }

    private static boolean settled(Deployment deployment, String constraint) {
        return deployment.files().stream()
                .flatMap(file -> file.statements().stream())
                .anyMatch(statement -> statement instanceof Statement.AlterTable alter
                        && alter.actions().stream()
                                .anyMatch(action -> action instanceof TableAction.ValidateConstraint validate
                                                && validate.name().equals(constraint)
                                        || action instanceof TableAction.DropConstraint drop
                                                && drop.name().equals(constraint)));
    }
}
