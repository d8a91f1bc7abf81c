package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ACCESS_SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;

/** New tables and views: what they do to the relations that are there already. */
final class CreateEffects {
    private final Draft draft;

    CreateEffects(Draft draft) {
        this.draft = draft;
    }

    void table(Statement.CreateTable table) {
        if (table.ifNotExists() && draft.catalog.relation(table.name()).isPresent()) {
            return;
        }
        for (Constraint constraint : table.allConstraints()) {
            Name other = constraint.references();
            if (other != null && !draft.catalog.resolve(other).equals(draft.catalog.resolve(table.name()))) {
                draft.lock(other, SHARE_ROW_EXCLUSIVE);
            }
        }
        if (table.partitionOf() != null) {
            partition(draft.catalog.relationOrUnknown(table.partitionOf()));
        }
        table.templates().forEach(template -> draft.lock(template, ACCESS_SHARE));
        table.inherits().forEach(parent -> draft.lock(parent, SHARE_UPDATE_EXCLUSIVE));
        if (table.fromQuery()) {
            reads(table.reads(), table.withData());
        }
    }

    private void partition(Relation parent) {
        draft.lock(parent, ACCESS_EXCLUSIVE);
        new PartitionEffects(draft).defaultPartition(parent).ifPresent(other -> {
            draft.lock(other, ACCESS_EXCLUSIVE);
            draft.scan(other.name(), Why.PARTITION_BOUND, true);
        });
        for (Constraint key : parent.foreignKeys()) {
            Name other = key.references();
            if (other != null) {
                draft.lock(other, SHARE_ROW_EXCLUSIVE);
            }
        }
    }

    void view(Statement.CreateView view) {
        if (view.ifNotExists() && draft.catalog.relation(view.name()).isPresent()) {
            return;
        }
        if (view.orReplace() && draft.catalog.relation(view.name()).isPresent()) {
            draft.lock(view.name(), ACCESS_EXCLUSIVE);
        }
        reads(view.reads(), view.materialized() && view.withData());
    }

    private void reads(Uses uses, boolean runs) {
        for (Name name : uses.relations()) {
            draft.lock(name, ACCESS_SHARE);
            if (runs) {
                DataEffects.reads(
                        draft,
                        draft.catalog.relationOrUnknown(name),
                        uses.relations().size() == 1);
            }
        }
    }
}
