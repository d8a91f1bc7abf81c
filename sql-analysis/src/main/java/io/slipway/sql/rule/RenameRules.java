package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.rule.Rule.Category.COMPATIBILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import java.util.List;
import java.util.Optional;

/** Names that the running release uses, and that go away. */
final class RenameRules {
    private static final String AX = "ACCESS EXCLUSIVE on the table, for a moment: blocks all reads and writes.";

    private RenameRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("rename-column")
                        .error(COMPATIBILITY, "RENAME COLUMN")
                        .happens(
                                "Every query of the running release that names the old column fails from the moment this"
                                        + " commits.")
                        .locks(AX)
                        .bad(
                                "ALTER TABLE orders RENAME COLUMN state TO status;",
                                "ALTER VIEW open_orders RENAME state TO status;")
                        .good(
                                "ALTER TABLE orders RENAME CONSTRAINT a TO b;",
                                "ALTER TABLE orders ADD a int; ALTER TABLE orders RENAME a TO b;")
                        .statement(RenameRules::renameColumn),
                Rule.named("rename-table")
                        .error(COMPATIBILITY, "RENAME of a table or view")
                        .happens("Every query of the running release that names it fails from the moment this commits.")
                        .locks(AX)
                        .bad(
                                "ALTER TABLE shop.orders RENAME TO purchases;",
                                "ALTER VIEW open_orders RENAME TO open_purchases;",
                                "ALTER TABLE orders RENAME TO purchases; CREATE VIEW shop.orders AS SELECT 1;")
                        .good(
                                "CREATE TABLE t (id int); ALTER TABLE t RENAME TO u;",
                                "ALTER TABLE orders RENAME TO purchases; CREATE VIEW public.orders AS SELECT * FROM purchases;",
                                "CREATE TABLE n (id int); ALTER TABLE orders RENAME TO o; ALTER TABLE n RENAME TO orders;")
                        .statement(RenameRules::renameTable),
                Rule.named("rename-schema")
                        .error(COMPATIBILITY, "RENAME of a schema")
                        .happens(
                                "Every query of the running release that names the schema, or has it in its search path, fails"
                                        + " from the moment this commits.")
                        .bad("ALTER SCHEMA shop RENAME TO store;")
                        .good("CREATE SCHEMA a; ALTER SCHEMA a RENAME TO b;")
                        .statement(RenameRules::renameSchema),
                Rule.named("set-schema")
                        .error(COMPATIBILITY, "SET SCHEMA on a table or view")
                        .happens(
                                "Every query of the running release that finds it where it was fails from the moment this"
                                        + " commits.")
                        .locks(AX)
                        .bad("ALTER TABLE orders SET SCHEMA archive;")
                        .good(
                                "CREATE TABLE t (id int); ALTER TABLE t SET SCHEMA shop;",
                                "ALTER TABLE orders SET SCHEMA shop; CREATE VIEW public.orders AS SELECT * FROM shop.orders;")
                        .statement(RenameRules::setSchema));
    }

    private static List<Hit> renameColumn(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(TableAction.RenameColumn.class::isInstance)
                        .map(TableAction.RenameColumn.class::cast)
                        .filter(rename -> situation
                                .pending()
                                .column(alter.name(), rename.from())
                                .existing())
                        .map(rename -> renameColumn(alter, rename))
                        .toList()
                : List.of();
    }

    private static Hit renameColumn(Statement.AlterTable alter, TableAction.RenameColumn rename) {
        Name view = alter.name().sibling(alter.name().local() + "_with_" + rename.to());
        return Hit.of(
                        rename.span(),
                        "RENAME COLUMN takes %s of %s away from the clients that use it."
                                .formatted(
                                        Name.quoted(rename.from()), alter.name().sql()))
                .locks(ACCESS_EXCLUSIVE.on(alter.name()))
                .safer("""
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
        if (!situation.exists(name) || oldNameStays(name, situation)) {
            return List.of();
        }
        return List.of(
                Hit.of(statement.span(), "RENAME takes %s away from the clients that use it.".formatted(name.sql()))
                        .locks(ACCESS_EXCLUSIVE.on(name))
                        .safer("""
                ALTER TABLE %1$s RENAME TO %2$s;
                -- In the same script: the old name goes on, readable and writable, until no client uses it.
                CREATE VIEW %1$s AS SELECT * FROM %3$s;""".formatted(
                                name.sql(), Name.quoted(to), name.sibling(to).sql()))
                        .warnedIf(to.equals(name.local() + DropRules.TO_BE_DELETED)));
    }

    private static List<Hit> setSchema(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.AlterTable alter)
                || alter.actions().stream().noneMatch(TableAction.SetSchema.class::isInstance)
                || !situation.exists(alter.name())
                || oldNameStays(alter.name(), situation)) {
            return List.of();
        }
        return alter.actions().stream()
                .filter(TableAction.SetSchema.class::isInstance)
                .map(action -> Hit.of(
                                action.span(),
                                "SET SCHEMA takes %s away from the clients that use it."
                                        .formatted(alter.name().sql()))
                        .locks(ACCESS_EXCLUSIVE.on(alter.name()))
                        .safer("""
                        ALTER TABLE %1$s SET SCHEMA %2$s;
                        -- In the same script: the old name goes on until no client uses it.
                        CREATE VIEW %1$s AS SELECT * FROM %3$s;""".formatted(
                                        alter.name()
                                                .in(situation.environment().defaultSchema())
                                                .sql(),
                                        Name.quoted(((TableAction.SetSchema) action).schema()),
                                        new Name(
                                                        ((TableAction.SetSchema) action).schema(),
                                                        alter.name().local())
                                                .sql())))
                .toList();
    }

    private static List<Hit> renameSchema(Statement statement, Situation situation) {
        return statement instanceof Statement.RenameObject rename
                        && rename.kind() == ObjectKind.SCHEMA
                        && situation.pending().schema(rename.name().local()) != Novelty.NEW
                ? List.of(Hit.of(
                                rename.span(),
                                "RENAME takes the schema %s away from the clients that use it."
                                        .formatted(rename.name().sql()))
                        .warnedIf(rename.to().endsWith(DropRules.TO_BE_DELETED)))
                : List.of();
    }

    /** A view or table with the old name follows in the same script, and so in the same transaction. */
    private static boolean oldNameStays(Name name, Situation situation) {
        return situation.following().stream().anyMatch(next -> switch (next) {
            case Statement.CreateView view -> situation.pending().same(view.name(), name);
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .flatMap(action -> newName(alter.name(), action).stream())
                        .anyMatch(other -> situation.pending().same(other, name));
            default -> false;
        });
    }

    private static Optional<Name> newName(Name of, TableAction action) {
        return action instanceof TableAction.RenameTable rename
                ? Optional.of(of.sibling(rename.to()))
                : Optional.empty();
    }
}
