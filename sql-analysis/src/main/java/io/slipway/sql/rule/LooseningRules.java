package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.DropConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Statements that take away a promise about the rows: constraints, keys, defaults, identities. */
final class LooseningRules {
    private static final String AX = "ACCESS EXCLUSIVE on the table, for a moment: blocks all reads and writes.";

    private LooseningRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("drop-constraint")
                        .warning(DATA_LOSS, "DROP CONSTRAINT, and no undo script that brings it back")
                        .happens(
                                "From then on rows can come in that break it, and its definition is nowhere any more. To have"
                                        + " it again all rows must be checked.")
                        .locks(AX)
                        .bad("ALTER TABLE orders DROP CONSTRAINT orders_total_check;")
                        .good(
                                "ALTER TABLE orders DROP CONSTRAINT c; ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 1) NOT"
                                        + " VALID;",
                                "ALTER TABLE orders ALTER a SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT orders_a_not_null;",
                                "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 1) NOT VALID; ALTER TABLE orders DROP"
                                        + " CONSTRAINT c;",
                                """
                                -- >> V1__loosen.sql
                                ALTER TABLE orders DROP CONSTRAINT orders_total_check;
                                -- >> U1__loosen.sql
                                ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID;""")
                        .statement((statement, situation) -> constraints(
                                statement,
                                situation,
                                drop -> !foreignKey(drop) && !primaryKey(drop),
                                "Rows that break %s can come into %s from now on.")),
                Rule.named("drop-fk")
                        .warning(DATA_LOSS, "DROP CONSTRAINT of a foreign key, and no undo script that brings it back")
                        .in(Profile.STRICT)
                        .happens(
                                "Rows can refer to nothing from then on. It locks the table that it points to as well.")
                        .locks("ACCESS EXCLUSIVE on both tables: blocks all reads and writes.")
                        .bad("ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;")
                        .good(
                                "ALTER TABLE orders DROP CONSTRAINT orders_total_check;",
                                "CREATE TABLE o (c int CONSTRAINT o_c_fkey REFERENCES customer); ALTER TABLE o DROP CONSTRAINT"
                                        + " o_c_fkey;")
                        .statement((statement, situation) -> constraints(
                                statement, situation, LooseningRules::foreignKey, "%s no longer protects %s.")),
                Rule.named("drop-primary-key")
                        .error(DATA_LOSS, "DROP CONSTRAINT of a primary key")
                        .happens(
                                "Logical replication and change data capture fail for UPDATE and DELETE from then on, unless the"
                                        + " table has another replica identity. Foreign keys that point to it go only with CASCADE.")
                        .locks(AX)
                        .bad("ALTER TABLE orders DROP CONSTRAINT orders_pkey;")
                        .good(
                                "ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_uuid; ALTER TABLE orders DROP CONSTRAINT"
                                        + " orders_pkey;",
                                "ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD CONSTRAINT orders_pkey PRIMARY KEY USING"
                                        + " INDEX orders_new;")
                        .statement(LooseningRules::dropPrimaryKey),
                Rule.named("replica-identity")
                        .error(DATA_LOSS, "REPLICA IDENTITY NOTHING")
                        .happens(
                                "Logical replication and change data capture cannot say any more which row was changed: UPDATE and"
                                        + " DELETE on a published table fail.")
                        .locks(AX)
                        .bad("ALTER TABLE orders REPLICA IDENTITY NOTHING;")
                        .good(
                                "ALTER TABLE orders REPLICA IDENTITY FULL;",
                                "CREATE TABLE t (id int); ALTER TABLE t REPLICA IDENTITY NOTHING;")
                        .phrase(LooseningRules::replicaIdentity),
                Rule.named("drop-default")
                        .warning(DATA_LOSS, "DROP DEFAULT on an existing column")
                        .in(Profile.STRICT)
                        .happens(
                                "INSERTs of the running release that do not name the column get NULL, or fail when it is NOT"
                                        + " NULL. What the default was is nowhere any more.")
                        .locks(AX)
                        .bad("ALTER TABLE orders ALTER state DROP DEFAULT;")
                        .good(
                                "ALTER TABLE orders ADD state text DEFAULT 'new'; ALTER TABLE orders ALTER state DROP DEFAULT;")
                        .statement((statement, situation) -> columns(
                                statement,
                                situation,
                                action -> action instanceof TableAction.DropDefault drop
                                        ? Optional.of(drop.column())
                                        : Optional.empty(),
                                "%s of %s has no default any more.")),
                Rule.named("drop-not-null")
                        .warning(DATA_LOSS, "DROP NOT NULL on an existing column")
                        .in(Profile.STRICT)
                        .happens(
                                "NULLs can come in that the running release does not expect. To have it again all rows must be"
                                        + " checked, and the NULLs replaced.")
                        .locks(AX)
                        .bad("ALTER TABLE orders ALTER state DROP NOT NULL;")
                        .good("CREATE TABLE t (a int NOT NULL); ALTER TABLE t ALTER a DROP NOT NULL;")
                        .statement((statement, situation) -> columns(
                                statement,
                                situation,
                                action -> action instanceof TableAction.DropNotNull drop
                                        ? Optional.of(drop.column())
                                        : Optional.empty(),
                                "%s of %s can be NULL from now on.")),
                Rule.named("drop-index-behind-constraint")
                        .error(DATA_LOSS, "DROP INDEX on the index of a constraint")
                        .happens("PostgreSQL refuses it at run time: the constraint needs the index.")
                        .bad("DROP INDEX orders_pkey;", "DROP INDEX CONCURRENTLY shop.customers_email_key;")
                        .good("DROP INDEX CONCURRENTLY orders_state_idx;")
                        .statement(LooseningRules::dropIndexOfConstraint));
    }

    private static List<Hit> constraints(
            Statement statement, Situation situation, Predicate<DropConstraint> which, String message) {
        if (!(statement instanceof Statement.AlterTable alter) || !situation.exists(alter.name())) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : alter.actions()) {
            if (action instanceof DropConstraint drop && which.test(drop) && !comesBack(drop, alter, situation)) {
                hits.add(Hit.of(
                                drop.span(),
                                message.formatted(
                                        Name.quoted(drop.name()), alter.name().sql()))
                        .locks(ACCESS_EXCLUSIVE.on(alter.name())));
            }
        }
        return hits;
    }

    /** Named again in the script or in its undo script, or no more than the CHECK that prepared a NOT NULL. */
    private static boolean comesBack(DropConstraint drop, Statement.AlterTable alter, Situation situation) {
        boolean prepared = alter.actions().stream().anyMatch(TableAction.SetNotNull.class::isInstance)
                || situation.preceding().stream()
                        .anyMatch(before -> before instanceof Statement.AlterTable other
                                && situation.pending().same(other.name(), alter.name())
                                && other.actions().stream().anyMatch(TableAction.SetNotNull.class::isInstance));
        return prepared
                || alter.actions().stream().anyMatch(TableAction.AddConstraint.class::isInstance)
                || situation.file().statements().stream()
                        .anyMatch(other -> other != situation.whole() && adds(other, drop.name()))
                || situation.deployment().files().stream()
                        .flatMap(file -> file.statements().stream())
                        .anyMatch(other -> adds(other, drop.name()))
                || situation
                        .deployment()
                        .undoOf(situation.file())
                        .filter(undo -> undo.sql()
                                .toLowerCase(Locale.ROOT)
                                .contains(drop.name().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    private static boolean adds(Statement statement, String constraint) {
        return statement instanceof Statement.AlterTable alter
                && alter.actions().stream()
                        .anyMatch(action -> action instanceof TableAction.AddConstraint add
                                && constraint.equals(add.constraint().name()));
    }

    private static List<Hit> dropPrimaryKey(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.AlterTable alter)
                || alter.actions().stream()
                        .noneMatch(action -> action instanceof DropConstraint drop && primaryKey(drop))
                || !situation.exists(alter.name())
                || alter.actions().stream().anyMatch(TableAction.AddConstraint.class::isInstance)
                || situation.file().phrases().subList(0, situation.index()).stream()
                        .anyMatch(before -> before.has("REPLICA IDENTITY"))) {
            return List.of();
        }
        return alter.actions().stream()
                .filter(action -> action instanceof DropConstraint drop && primaryKey(drop))
                .map(action -> Hit.of(
                                action.span(),
                                "%s loses its primary key."
                                        .formatted(alter.name().sql()))
                        .locks(ACCESS_EXCLUSIVE.on(alter.name()))
                        .safer("""
                        -- First, so that replication still knows its rows; the index must be unique, over NOT NULL columns:
                        ALTER TABLE %s REPLICA IDENTITY USING INDEX %s;""".formatted(
                                alter.name().sql(), Name.quoted(alter.name().local() + "_new_key"))))
                .toList();
    }

    private static List<Hit> replicaIdentity(Phrase phrase, Situation situation) {
        return phrase.starts("ALTER TABLE") && phrase.has("REPLICA IDENTITY NOTHING")
                ? phrase.nameAfter("TABLE").filter(situation::exists).stream()
                        .map(table -> situation
                                .hit("%s has no replica identity any more.".formatted(table.sql()))
                                .locks(ACCESS_EXCLUSIVE.on(table))
                                .safer("ALTER TABLE %s REPLICA IDENTITY DEFAULT;".formatted(table.sql())))
                        .toList()
                : List.of();
    }

    /** Finds the column that an action of interest is about. */
    @FunctionalInterface
    private interface ColumnOf {
        Optional<String> in(TableAction action);
    }

    private static List<Hit> columns(Statement statement, Situation situation, ColumnOf column, String message) {
        if (!(statement instanceof Statement.AlterTable alter)) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : alter.actions()) {
            column.in(action)
                    .filter(name ->
                            situation.pending().column(alter.name(), name).existing())
                    .ifPresent(name -> hits.add(Hit.of(
                                    action.span(),
                                    message.formatted(
                                            Name.quoted(name), alter.name().sql()))
                            .locks(ACCESS_EXCLUSIVE.on(alter.name()))));
        }
        return hits;
    }

    private static List<Hit> dropIndexOfConstraint(Statement statement, Situation situation) {
        return statement instanceof Statement.DropObject drop && drop.kind() == ObjectKind.INDEX
                ? drop.names().stream()
                        .filter(name -> belongsToConstraint(name, situation))
                        .map(name -> Hit.of(
                                drop.span(),
                                "%s looks like the index of a constraint: drop the constraint instead."
                                        .formatted(name.sql())))
                        .toList()
                : List.of();
    }

    /** Known to, or by its name, where nothing is known of its table. */
    private static boolean belongsToConstraint(Name index, Situation situation) {
        return situation
                .catalog()
                .tableOfIndex(index)
                .map(table -> table.constraint(index.local())
                        .filter(constraint -> constraint.kind().hasIndex())
                        .isPresent())
                .orElseGet(() -> index.local().endsWith("_pkey")
                        || index.local().endsWith("_key")
                        || index.local().endsWith("_excl"));
    }

    private static boolean foreignKey(DropConstraint drop) {
        String name = drop.name().toLowerCase(Locale.ROOT);
        return name.endsWith("_fkey") || name.endsWith("_fk") || name.startsWith("fk_");
    }

    private static boolean primaryKey(DropConstraint drop) {
        String name = drop.name().toLowerCase(Locale.ROOT);
        return name.endsWith("_pkey") || name.endsWith("_pk") || name.startsWith("pk_");
    }
}
