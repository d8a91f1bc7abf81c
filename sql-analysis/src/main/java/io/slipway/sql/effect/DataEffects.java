package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ACCESS_SHARE;
import static io.slipway.sql.effect.LockMode.ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ROW_SHARE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** SELECT, INSERT, UPDATE, DELETE, MERGE and TRUNCATE. */
final class DataEffects {
    private final Draft draft;

    DataEffects(Draft draft) {
        this.draft = draft;
    }

    void query(Uses reads) {
        new EnumUse(draft).check(reads);
        for (Name name : reads.relations()) {
            read(name, reads.locksRows());
        }
        sequences(reads);
    }

    private void read(Name name, boolean locksRows) {
        for (Name each : Reach.from(draft.catalog, name, this::behind)) {
            Relation relation = draft.catalog.relationOrUnknown(each);
            draft.lock(each, locksRows ? ROW_SHARE : ACCESS_SHARE);
            if (locksRows) {
                draft.lockIndexes(relation, ROW_SHARE);
            }
            reads(draft, relation, false);
        }
    }

    /** A view reads what its query names, a partitioned table its partitions. */
    private List<Name> behind(Relation relation) {
        if (relation.kind() == Relation.Kind.VIEW) {
            return relation.attachments().reads().relations();
        }
        return relation.isPartitioned() ? Reach.children(draft.catalog, relation) : List.of();
    }

    /** A read of which it is not known whether an index or a LIMIT makes it short; views read what is behind them. */
    static void reads(Draft draft, Relation relation, boolean proven) {
        if (relation.kind() == Relation.Kind.TABLE || relation.kind() == Relation.Kind.MATERIALIZED_VIEW) {
            draft.scan(relation.name(), Why.QUERY, proven);
        }
    }

    private void sequences(Uses uses) {
        uses.sequences()
                .forEach(sequence ->
                        draft.lock(draft.catalog.resolve(sequence), LockTaken.Target.SEQUENCE, ROW_EXCLUSIVE));
    }

    void insert(Statement.Insert insert) {
        Relation table = draft.catalog.relationOrUnknown(insert.table());
        draft.lock(table, ROW_EXCLUSIVE);
        draft.rows(
                insert.fromQuery() || insert.reads().equals(Uses.NOTHING) ? RowsTouched.QUERIED : RowsTouched.LISTED);
        others(insert.reads(), table);
        for (Constraint key : table.foreignKeys()) {
            Name other = key.references();
            if (other != null) {
                draft.lock(other, ROW_SHARE);
                draft.lockIndexes(draft.catalog.relationOrUnknown(other), ROW_SHARE);
                draft.scan(draft.catalog.resolve(other), Why.FOREIGN_KEY, false);
            }
        }
    }

    void update(Statement.Update update) {
        Relation table = draft.catalog.relationOrUnknown(update.table());
        write(table);
        filtered(table, update.filter(), Why.UPDATE);
        others(update.reads(), table);
        if (draft.catalog.novelty(table.name()) != Novelty.NEW) {
            draft.lose(Loss.Kind.FORMER_VALUES, "values of " + table.name().sql());
        }
    }

    void delete(Statement.Delete delete) {
        Relation table = draft.catalog.relationOrUnknown(delete.table());
        write(table);
        filtered(table, delete.filter(), Why.DELETE);
        others(delete.reads(), table);
        referencing(table);
        if (draft.catalog.novelty(table.name()) != Novelty.NEW) {
            draft.lose(Loss.Kind.DATA, "rows of " + table.name().sql());
        }
    }

    void merge(Statement.Merge merge) {
        Relation table = draft.catalog.relationOrUnknown(merge.table());
        write(table);
        draft.rows(RowsTouched.QUERIED);
        draft.scan(table.name(), Why.UPDATE, false);
        others(merge.reads(), table);
        if (draft.catalog.novelty(table.name()) != Novelty.NEW) {
            draft.lose(
                    merge.deletes() ? Loss.Kind.DATA : Loss.Kind.FORMER_VALUES,
                    "rows of " + table.name().sql());
        }
    }

    /** The planner opens all indexes of what is searched for the rows to change. */
    private void write(Relation table) {
        draft.lock(table, ROW_EXCLUSIVE);
        draft.lockIndexes(table, ROW_EXCLUSIVE);
        for (Relation child : Reach.below(draft.catalog, table.name())) {
            draft.lock(child, ROW_EXCLUSIVE);
            draft.lockIndexes(child, ROW_EXCLUSIVE);
        }
    }

    private void filtered(Relation table, Filter filter, Why why) {
        boolean all = filter != Filter.RESTRICTING;
        draft.rows(all ? RowsTouched.ALL : RowsTouched.FILTERED);
        if (table.isPartitioned()) {
            draft.catalog.children(table.name()).forEach(partition -> draft.scan(partition.name(), why, all));
        } else {
            draft.scan(table.name(), why, all);
        }
        if (all) {
            draft.replication(ReplicationEffect.Kind.LARGE_LOG_VOLUME, table.name());
        }
    }

    /** Foreign keys look for, or change, the rows that refer to those that go. */
    private void referencing(Relation table) {
        for (Relation other : draft.catalog.referencing(table.name())) {
            boolean changes = other.foreignKeys().stream().anyMatch(key -> {
                var target = key.foreignKey();
                return target != null
                        && target.table().equals(table.name())
                        && target.onDelete() != Constraint.Action.NO_ACTION
                        && target.onDelete() != Constraint.Action.RESTRICT;
            });
            LockMode mode = changes ? ROW_EXCLUSIVE : ROW_SHARE;
            draft.lock(other, mode);
            draft.lockIndexes(other, mode);
            draft.scan(other.name(), Why.FOREIGN_KEY, false);
            draft.scan(table.name(), Why.FOREIGN_KEY, false);
        }
    }

    private void others(Uses reads, Relation table) {
        new EnumUse(draft).check(reads);
        for (Name name : reads.relations()) {
            Relation relation = draft.catalog.relationOrUnknown(name);
            if (!relation.name().equals(table.name())) {
                read(name, reads.locksRows());
            }
        }
        sequences(reads);
    }

    void truncate(Statement.Truncate truncate) {
        Set<Name> tables = new LinkedHashSet<>();
        for (Name name : truncate.tables()) {
            Reach.from(draft.catalog, name, table -> emptiedWith(table, truncate.cascade())).stream()
                    .map(draft.catalog::resolve)
                    .forEach(tables::add);
        }
        for (Name name : tables) {
            Relation table = draft.catalog.relationOrUnknown(name);
            for (Relation other : draft.catalog.referencing(name)) {
                if (!tables.contains(other.name())) {
                    draft.fail("A foreign key of %s refers to %s."
                            .formatted(other.name().sql(), table.name().sql()));
                }
            }
            empty(table);
        }
    }

    private List<Name> emptiedWith(Relation table, boolean cascade) {
        List<Name> names = new ArrayList<>(Reach.children(draft.catalog, table));
        if (cascade) {
            names.addAll(Reach.names(draft.catalog.referencing(table.name())));
        }
        return names;
    }

    private void empty(Relation table) {
        draft.lock(table, ACCESS_EXCLUSIVE);
        draft.rewrite(table, "it starts with an empty file", false, true);
        for (Index index : table.indexes()) {
            draft.lockIndex(table, index, ACCESS_EXCLUSIVE);
            draft.build(table, index.name(), IndexBuild.Kind.REBUILT, true);
        }
        draft.rows(RowsTouched.ALL);
        if (draft.catalog.novelty(table.name()) != Novelty.NEW) {
            draft.lose(Loss.Kind.DATA, "rows of " + table.name().sql());
        }
        draft.replication(ReplicationEffect.Kind.TRUNCATED, table.name());
    }
}
