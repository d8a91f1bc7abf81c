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
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.LinkedHashSet;
import java.util.Set;

/** SELECT, INSERT, UPDATE, DELETE, MERGE and TRUNCATE. */
final class DataEffects {
    /** Views on views end somewhere; this only guards against a circle in what was told. */
    private static final int MAX_VIEWS = 20;

    private final Draft draft;

    DataEffects(Draft draft) {
        this.draft = draft;
    }

    void query(Uses reads) {
        new EnumUse(draft).check(reads);
        for (Name name : reads.relations()) {
            read(name, reads.locksRows(), MAX_VIEWS);
        }
        sequences(reads);
    }

    /** A view reads what is behind it. */
    private void read(Name name, boolean locksRows, int depth) {
        Relation relation = draft.catalog.relationOrUnknown(name);
        draft.lock(name, locksRows ? ROW_SHARE : ACCESS_SHARE);
        if (locksRows) {
            draft.lockIndexes(relation, ROW_SHARE);
        }
        reads(draft, relation, false);
        if (relation.kind() == Relation.Kind.VIEW && depth > 0) {
            relation.attachments().reads().relations().forEach(other -> read(other, locksRows, depth - 1));
        }
        if (relation.isPartitioned() && depth > 0) {
            draft.catalog.children(name).forEach(child -> read(child.name(), locksRows, depth - 1));
        }
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
        draft.catalog.children(table.name()).forEach(this::write);
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
                read(name, reads.locksRows(), MAX_VIEWS);
            }
        }
        sequences(reads);
    }

    void truncate(Statement.Truncate truncate) {
        Set<Relation> tables = new LinkedHashSet<>();
        truncate.tables().forEach(name -> gather(draft.catalog.relationOrUnknown(name), truncate.cascade(), tables));
        for (Relation table : tables) {
            for (Relation other : draft.catalog.referencing(table.name())) {
                if (!tables.contains(other)) {
                    draft.fail("A foreign key of %s refers to %s."
                            .formatted(other.name().sql(), table.name().sql()));
                }
            }
            empty(table);
        }
    }

    private void gather(Relation table, boolean cascade, Set<Relation> tables) {
        if (!tables.add(table)) {
            return;
        }
        draft.catalog.children(table.name()).forEach(child -> gather(child, cascade, tables));
        if (cascade) {
            draft.catalog.referencing(table.name()).forEach(other -> gather(other, true, tables));
        }
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
