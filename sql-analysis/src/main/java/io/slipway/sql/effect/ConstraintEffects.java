package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ROW_SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Constraint.Kind;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.List;
import java.util.Locale;

/** Constraints that come, go, and are validated. */
final class ConstraintEffects {
    private final Draft draft;

    ConstraintEffects(Draft draft) {
        this.draft = draft;
    }

    /** @param root false for a partition or child of the table that the statement names */
    void add(AlterPlan plan, Constraint constraint, boolean root) {
        Relation table = plan.table();
        String existing = constraint.usingIndex();
        if (!constraint.enforced()) {
            draft.needs(18, "NOT ENFORCED");
        }
        switch (constraint.kind()) {
            case CHECK -> check(plan, constraint);
            case NOT_NULL -> {
                draft.needs(18, "NOT NULL as a constraint of the table");
                if (constraint.validated() && !constraint.columns().stream().allMatch(table::provenNotNull)) {
                    plan.check(Why.NOT_NULL, knows(table, constraint.columns()));
                }
                draft.client(ClientEffect.Kind.NULLS_REFUSED, table.name(), String.join(", ", constraint.columns()));
            }
            case FOREIGN_KEY -> foreignKey(table, constraint, root);
            case UNIQUE, PRIMARY_KEY -> {
                if (existing == null) {
                    plan.create(indexName(table, constraint), 1);
                } else {
                    draft.lock(table.name().sibling(existing), LockTaken.Target.INDEX, SHARE_UPDATE_EXCLUSIVE);
                }
                if (constraint.kind() == Kind.PRIMARY_KEY) {
                    primaryKey(plan, constraint);
                }
                refuses(table, constraint);
            }
            case EXCLUDE -> {
                plan.create(indexName(table, constraint), 2);
                refuses(table, constraint);
            }
        }
    }

    private void check(AlterPlan plan, Constraint constraint) {
        if (constraint.validated() && constraint.enforced()) {
            plan.check(Why.CHECK, true);
        }
        if (constraint.enforced()) {
            refuses(plan.table(), constraint);
        }
    }

    private void refuses(Relation table, Constraint constraint) {
        draft.client(
                ClientEffect.Kind.VALUES_REFUSED,
                table.name(),
                constraint.name() == null ? constraint.kind().name().replace('_', ' ') : constraint.name());
    }

    private void primaryKey(AlterPlan plan, Constraint constraint) {
        Relation table = plan.table();
        if (table.constraints().stream().anyMatch(other -> other.kind() == Kind.PRIMARY_KEY)) {
            draft.fail("%s has a primary key already.".formatted(table.name().sql()));
        }
        List<String> columns = constraint.usingIndex() == null
                ? constraint.columns()
                : table.index(constraint.usingIndex())
                        .map(index -> index.definition().columns())
                        .orElseGet(List::of);
        if (columns.isEmpty() || !columns.stream().allMatch(table::provenNotNull)) {
            plan.check(Why.NOT_NULL, !columns.isEmpty() && knows(table, columns));
        }
    }

    private static boolean knows(Relation table, List<String> columns) {
        return columns.stream().allMatch(column -> table.column(column).isPresent());
    }

    private void foreignKey(Relation table, Constraint constraint, boolean root) {
        Name other = constraint.references();
        if (other == null) {
            return;
        }
        if (root && table.isPartitioned() && !constraint.validated()) {
            draft.needs(18, "NOT VALID for a foreign key of a partitioned table");
        }
        Relation referenced = draft.catalog.relationOrUnknown(other);
        draft.lock(referenced, SHARE_ROW_EXCLUSIVE);
        if (constraint.validated() && constraint.enforced() && table.kind().hasStorage()) {
            // Nothing is looked up for a table without rows, and a new one may have none.
            boolean filled = draft.catalog.novelty(table.name()) != Novelty.NEW;
            draft.scan(referenced.name(), Why.FOREIGN_KEY, filled);
            draft.scan(table.name(), Why.FOREIGN_KEY, true);
        }
        refuses(table, constraint);
    }

    /** @param filled whether the rows that are there get a value that the constraint has to look at */
    void addWithColumn(AlterPlan plan, Constraint constraint, boolean filled) {
        Relation table = plan.table();
        if (constraint.kind() == Kind.FOREIGN_KEY) {
            Name other = constraint.references();
            draft.lock(table, SHARE_ROW_EXCLUSIVE);
            if (other != null) {
                Relation referenced = draft.catalog.relationOrUnknown(other);
                draft.lock(referenced, SHARE_ROW_EXCLUSIVE);
                if (filled && constraint.enforced()) {
                    draft.scan(referenced.name(), Why.FOREIGN_KEY, true);
                    draft.scan(table.name(), Why.FOREIGN_KEY, true);
                }
            }
        } else if (constraint.kind().hasIndex()) {
            plan.create(indexName(table, constraint), 1);
        } else {
            add(plan, constraint, true);
        }
    }

    private static String indexName(Relation table, Constraint constraint) {
        if (constraint.name() != null) {
            return constraint.name();
        }
        String columns = constraint.kind() == Kind.PRIMARY_KEY ? "" : "_" + String.join("_", constraint.columns());
        String suffix =
                switch (constraint.kind()) {
                    case PRIMARY_KEY -> "pkey";
                    case EXCLUDE -> "excl";
                    case UNIQUE, CHECK, FOREIGN_KEY, NOT_NULL -> "key";
                };
        return table.name().local() + columns + "_" + suffix;
    }

    void drop(Relation table, TableAction.DropConstraint drop) {
        draft.lose(
                Loss.Kind.DEFINITION,
                "constraint %s of %s"
                        .formatted(Name.quoted(drop.name()), table.name().sql()));
        var known = table.constraint(drop.name());
        if (known.isEmpty()) {
            boolean suspicious = drop.name().toLowerCase(Locale.ROOT).matches(".*_fk(ey)?\\d*$|^fk_.*");
            if (suspicious) {
                draft.unknown("If %s is a foreign key, ACCESS EXCLUSIVE is taken on the table it points to as well."
                        .formatted(Name.quoted(drop.name())));
            }
            return;
        }
        Constraint constraint = known.get();
        Name other = constraint.references();
        if (other != null) {
            draft.lock(other, ACCESS_EXCLUSIVE);
        }
        if (constraint.kind() == Kind.PRIMARY_KEY) {
            draft.replication(ReplicationEffect.Kind.IDENTITY_LOST, table.name());
        }
        if (constraint.kind().hasIndex()) {
            table.index(drop.name()).ifPresent(index -> draft.lockIndex(table, index, ACCESS_EXCLUSIVE));
            referencedBy(table, constraint, drop.cascade());
        }
    }

    /** Foreign keys of other tables that stand on the constraint's index. */
    private void referencedBy(Relation table, Constraint constraint, boolean cascade) {
        for (Relation other : draft.catalog.referencing(table.name())) {
            boolean stands = other.foreignKeys().stream().anyMatch(key -> {
                var target = key.foreignKey();
                return target != null
                        && target.table().equals(table.name())
                        && (target.columns().isEmpty()
                                ? constraint.kind() == Kind.PRIMARY_KEY
                                : target.columns().equals(constraint.columns()));
            });
            if (stands && cascade) {
                draft.lock(other, ACCESS_EXCLUSIVE);
            } else if (stands) {
                draft.fail("A foreign key of %s depends on the constraint."
                        .formatted(other.name().sql()));
            }
        }
    }

    void validate(AlterPlan plan, String name) {
        Relation table = plan.table();
        var known = table.constraint(name);
        if (known.isEmpty()) {
            plan.check(Why.CHECK, false);
            draft.unknown("If %s is a foreign key, ROW SHARE is taken on the table it points to, which is read as well."
                    .formatted(Name.quoted(name)));
            return;
        }
        Constraint constraint = known.get();
        if (constraint.validated()) {
            return;
        }
        Name other = constraint.references();
        if (other == null) {
            plan.check(constraint.kind() == Kind.NOT_NULL ? Why.NOT_NULL : Why.CHECK, true);
            return;
        }
        Relation referenced = draft.catalog.relationOrUnknown(other);
        draft.lock(referenced, ROW_SHARE);
        draft.scan(referenced.name(), Why.FOREIGN_KEY, true);
        draft.scan(table.name(), Why.FOREIGN_KEY, true);
    }
}
