package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rule.Check;
import java.util.ArrayList;
import java.util.List;

/** Rules about what the release of the application that is running right now relies on. */
final class CompatibilityRules {
    private CompatibilityRules() {}

    static List<Rule> all() {
        return List.of(
                rule(
                        "add-required-column",
                        "A new column that is NOT NULL and has no default",
                        CompatibilityRules::addRequiredColumn),
                rule("rename-column", "RENAME COLUMN", CompatibilityRules::renameColumn),
                rule("rename-table", "RENAME of a table or view", CompatibilityRules::renameTable));
    }

    private static Rule rule(String id, String title, Check check) {
        return new Rule(id, Severity.ERROR, Category.COMPATIBILITY, title, check);
    }

    private static List<Hit> addRequiredColumn(Statement statement, Situation situation) {
        List<Hit> hits = new ArrayList<>();
        for (var action : actionsOnExisting(statement, situation)) {
            if (action instanceof TableAction.AddColumn add
                    && add.column().notNull()
                    && add.column().filling() == Filling.NOTHING) {
                hits.add(addRequiredColumn(((Statement.AlterTable) statement).name(), add));
            }
        }
        return hits;
    }

    private static Hit addRequiredColumn(Name table, TableAction.AddColumn add) {
        Column column = add.column();
        String check = Name.quoted(table.local() + "_" + column.name() + "_not_null");
        return Hit.of(
                add.span(),
                "ADD COLUMN %s NOT NULL without a default fails as soon as %s has a row."
                        .formatted(Name.quoted(column.name()), table.sql()),
                "PostgreSQL refuses it when the table is not empty. When it is, every INSERT of the running release that"
                        + " does not name the column fails from then on.",
                ACCESS_EXCLUSIVE.on(table),
                """
                ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                -- Fill it in batches, then, in a migration of its own:
                ALTER TABLE %1$s ADD CONSTRAINT %4$s CHECK (%2$s IS NOT NULL) NOT VALID;
                -- And in one more, which reads the table without blocking it:
                ALTER TABLE %1$s VALIDATE CONSTRAINT %4$s;
                ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL, DROP CONSTRAINT %4$s;""".formatted(table.sql(), Name.quoted(column.name()), column.type(), check));
    }

    private static List<Hit> renameColumn(Statement statement, Situation situation) {
        List<Hit> hits = new ArrayList<>();
        for (var action : actionsOnExisting(statement, situation)) {
            Statement.AlterTable alter = (Statement.AlterTable) statement;
            if (action instanceof TableAction.RenameColumn rename
                    && situation.pending().column(alter.name(), rename.from()).existing()) {
                hits.add(renameColumn(alter, rename));
            }
        }
        return hits;
    }

    private static Hit renameColumn(Statement.AlterTable alter, TableAction.RenameColumn rename) {
        Name view = alter.name().sibling(alter.name().local() + "_with_" + rename.to());
        return Hit.of(
                rename.span(),
                "RENAME COLUMN takes %s of %s away from the clients that use it."
                        .formatted(Name.quoted(rename.from()), alter.name().sql()),
                "Every query of the running release that names the old column fails from the moment this commits.",
                ACCESS_EXCLUSIVE.on(alter.name()),
                """
                -- This release: the new name beside the old one. The view can be written to like the table.
                CREATE VIEW %1$s AS SELECT *, %2$s AS %3$s FROM %4$s;
                -- A later release, when no client names the old column: rename it, and drop the view.""".formatted(
                                view.sql(),
                                Name.quoted(rename.from()),
                                Name.quoted(rename.to()),
                                alter.name().sql()));
    }

    private static List<Hit> renameTable(Statement statement, Situation situation) {
        return switch (statement) {
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .filter(TableAction.RenameTable.class::isInstance)
                        .map(TableAction.RenameTable.class::cast)
                        .flatMap(rename -> renamed(alter, alter.name(), rename.to(), situation).stream())
                        .toList();
            case Statement.RenameObject rename ->
                rename.kind() == ObjectKind.VIEW || rename.kind() == ObjectKind.MATERIALIZED_VIEW
                        ? renamed(rename, rename.name(), rename.to(), situation)
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Hit> renamed(Statement statement, Name name, String to, Situation situation) {
        if (!situation.pending().relation(name).existing() || oldNameStays(name, situation)) {
            return List.of();
        }
        boolean announcesDrop = to.equals(name.local() + DataLossRules.TO_BE_DELETED);
        return List.of(Hit.of(
                        statement.span(),
                        "RENAME takes %s away from the clients that use it.".formatted(name.sql()),
                        "Every query of the running release that names it fails from the moment this commits.",
                        ACCESS_EXCLUSIVE.on(name),
                        """
                        ALTER TABLE %1$s RENAME TO %2$s;
                        -- In the same script: the old name goes on, readable and writable, until no client uses it.
                        CREATE VIEW %1$s AS SELECT * FROM %3$s;""".formatted(
                                name.sql(), Name.quoted(to), name.sibling(to).sql()))
                .softenedIf(announcesDrop));
    }

    /** A view or table with the old name follows in the same script, and so in the same transaction. */
    private static boolean oldNameStays(Name name, Situation situation) {
        return situation.following().stream().anyMatch(next -> switch (next) {
            case Statement.CreateView view -> situation.pending().same(view.name(), name);
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .anyMatch(action -> action instanceof TableAction.RenameTable rename
                                && situation.pending().same(alter.name().sibling(rename.to()), name));
            default -> false;
        });
    }

    private static List<TableAction> actionsOnExisting(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                        && situation.pending().relation(alter.name()).existing()
                ? alter.actions()
                : List.of();
    }
}
