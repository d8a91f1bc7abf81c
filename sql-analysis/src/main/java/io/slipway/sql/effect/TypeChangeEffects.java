package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableColumn;
import io.slipway.sql.effect.TableScan.Why;
import java.util.Objects;
import java.util.Optional;

/** {@code ALTER COLUMN ... TYPE}: what becomes of the rows, indexes, constraints and views. */
final class TypeChangeEffects {
    private final Draft draft;

    TypeChangeEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(AlterPlan plan, TableAction.ChangeType change) {
        Relation table = plan.table();
        String column = change.column();
        Optional<TableColumn> before = table.column(column);
        TypeChange kind = TypeChange.of(
                before.map(TableColumn::type),
                change.type(),
                Optional.ofNullable(change.using()),
                column,
                draft.catalog);
        if (kind.rewrite()) {
            plan.rewrite("the values of %s are converted".formatted(Name.quoted(column)), kind.proven());
        }
        boolean collates = before.isPresent()
                && change.collation() != null
                && !Objects.equals(change.collation(), before.get().collation());
        rebuildIndexes(plan, column, kind.indexesFit() && !collates);
        recheck(plan, column, kind);
        draft.refuseUnderViews(table, column);
        if (kind.narrows()) {
            draft.lose(
                    Loss.Kind.PRECISION,
                    "values of %s of %s that %s has no room for"
                            .formatted(
                                    Name.quoted(column),
                                    table.name().sql(),
                                    change.type().text()));
        }
        draft.client(ClientEffect.Kind.TYPE_CHANGED, table.name(), column);
        draft.replication(ReplicationEffect.Kind.DEFINITION_CHANGED, table.name());
    }

    private static void rebuildIndexes(AlterPlan plan, String column, boolean fit) {
        for (Index index : plan.table().indexes()) {
            if (index.definition().mentions(column)) {
                // Expressions and predicates are not compared: such an index is always built anew.
                boolean plain = index.definition().predicate() == null
                        && index.definition().keys().stream().allMatch(key -> key.column() != null);
                plan.rebuild(index, fit && plain);
            }
        }
    }

    /** Constraints on the column are taken off and put on again; those that were valid are checked again. */
    private void recheck(AlterPlan plan, String column, TypeChange kind) {
        Relation table = plan.table();
        for (Constraint constraint : table.constraints()) {
            if (!constraint.columns().contains(column)) {
                continue;
            }
            if (constraint.kind() == Constraint.Kind.CHECK && constraint.validated() && constraint.enforced()) {
                plan.check(Why.CHECK, true);
            }
            Name other = constraint.references();
            if (other != null) {
                draft.lock(other, ACCESS_EXCLUSIVE);
                if (!kind.indexesFit() && constraint.validated()) {
                    draft.scan(table.name(), Why.FOREIGN_KEY, kind.proven());
                    draft.scan(other, Why.FOREIGN_KEY, kind.proven());
                }
            }
        }
        for (Relation other : draft.catalog.referencing(table.name())) {
            for (Constraint key : other.foreignKeys()) {
                if (pointsTo(key, table, column)) {
                    draft.lock(other, ACCESS_EXCLUSIVE);
                    if (!kind.indexesFit() && key.validated()) {
                        draft.scan(other.name(), Why.FOREIGN_KEY, kind.proven());
                        draft.scan(table.name(), Why.FOREIGN_KEY, kind.proven());
                    }
                }
            }
        }
    }

    private static boolean pointsTo(Constraint key, Relation table, String column) {
        var target = key.foreignKey();
        if (target == null || !target.table().equals(table.name())) {
            return false;
        }
        boolean primaryKey = table.constraints().stream()
                .anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY
                        && constraint.columns().contains(column));
        return target.columns().isEmpty() ? primaryKey : target.columns().contains(column);
    }
}
