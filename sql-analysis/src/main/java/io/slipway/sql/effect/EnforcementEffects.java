package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.AlterConstraint.Enforcement;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.stream.Stream;

/** Foreign keys that begin or cease to be enforced, as measured on PostgreSQL 18, the first that knows this. */
final class EnforcementEffects {
    private final Draft draft;

    EnforcementEffects(Draft draft) {
        this.draft = draft;
    }

    void alter(Relation table, TableAction.AlterConstraint alter) {
        if (alter.enforcement() == Enforcement.AS_BEFORE) {
            return;
        }
        draft.needs(18, "Changing whether a constraint is enforced");
        boolean enforced = alter.enforcement() == Enforcement.ENFORCED;
        var known = table.constraint(alter.name());
        if (known.isEmpty()) {
            if (enforced) {
                draft.scan(table.name(), Why.FOREIGN_KEY, false);
            }
            draft.unknown("%s is taken on the table that the foreign key %s points to%s."
                    .formatted(
                            enforced ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE",
                            Name.quoted(alter.name()),
                            enforced ? ", which is read as well" : ""));
            return;
        }
        Constraint constraint = known.get();
        Name other = constraint.references();
        if (other == null) {
            draft.fail("%s is no foreign key, and PostgreSQL changes this for no other constraint."
                    .formatted(Name.quoted(alter.name())));
        } else if (constraint.enforced() != enforced) {
            enforce(table, constraint, draft.catalog.relationOrUnknown(other), enforced);
        }
    }

    private void enforce(Relation table, Constraint constraint, Relation referenced, boolean enforced) {
        LockMode lock = enforced ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
        draft.lock(referenced, lock);
        Reach.below(draft.catalog, referenced.name()).forEach(part -> draft.lock(part, lock));
        if (!enforced) {
            return;
        }
        Stream.concat(Stream.of(table), Reach.below(draft.catalog, table.name()).stream())
                .filter(part -> part.kind().hasStorage())
                .forEach(part -> {
                    // Nothing is looked up for a table without rows, and a new one may have none.
                    boolean filled = draft.catalog.novelty(part.name()) != Novelty.NEW;
                    draft.scan(referenced.name(), Why.FOREIGN_KEY, filled);
                    draft.scan(part.name(), Why.FOREIGN_KEY, true);
                });
        draft.client(ClientEffect.Kind.VALUES_REFUSED, table.name(), String.valueOf(constraint.name()));
    }
}
