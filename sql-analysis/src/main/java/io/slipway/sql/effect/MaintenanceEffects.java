package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ACCESS_SHARE;
import static io.slipway.sql.effect.LockMode.EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.TableScan.Why;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH, LOCK and ALTER SEQUENCE. */
final class MaintenanceEffects {
    private final Draft draft;

    MaintenanceEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(MaintenanceStatement statement) {
        switch (statement) {
            case MaintenanceStatement.Vacuum vacuum -> vacuum(vacuum);
            case MaintenanceStatement.Analyze analyze ->
                analyze.tables().forEach(table -> draft.lock(table, SHARE_UPDATE_EXCLUSIVE));
            case MaintenanceStatement.Cluster cluster -> cluster(cluster);
            case MaintenanceStatement.Reindex reindex -> reindex(reindex);
            case MaintenanceStatement.Refresh refresh -> refresh(refresh);
            case MaintenanceStatement.LockTable lock -> lock(lock);
            case MaintenanceStatement.AlterSequence sequence -> {
                draft.lock(draft.catalog.resolve(sequence.name()), LockTaken.Target.SEQUENCE, SHARE_ROW_EXCLUSIVE);
                Name owner = sequence.ownedBy();
                if (owner != null) {
                    draft.lock(owner, ACCESS_SHARE);
                }
            }
        }
    }

    private void vacuum(MaintenanceStatement.Vacuum vacuum) {
        draft.outsideTransaction();
        if (vacuum.tables().isEmpty()) {
            draft.unknown("It works on every table of the database.");
        }
        for (Name name : vacuum.tables()) {
            Relation table = draft.catalog.relationOrUnknown(name);
            draft.lock(table, vacuum.full() ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE);
            if (vacuum.full()) {
                copy(table, "VACUUM FULL copies all rows that are alive");
                draft.scan(table.name(), Why.REWRITE, true);
            }
        }
    }

    /** All rows go into a new file, and all indexes are built anew. */
    private void copy(Relation table, String why) {
        draft.rewrite(table, why, true, true);
        for (Index index : table.indexes()) {
            rebuild(table, index);
        }
    }

    private void rebuild(Relation table, Index index) {
        draft.lockIndex(table, index, ACCESS_EXCLUSIVE);
        draft.build(table, index.name(), IndexBuild.Kind.REBUILT, false);
        draft.scan(table.name(), Why.INDEX_BUILD, true);
    }

    private void cluster(MaintenanceStatement.Cluster cluster) {
        Name name = cluster.table();
        if (name == null) {
            draft.outsideTransaction();
            draft.unknown("It works on every table that was clustered before.");
            return;
        }
        Relation table = draft.catalog.relationOrUnknown(name);
        draft.lock(table, ACCESS_EXCLUSIVE);
        copy(table, "CLUSTER copies all rows in the order of an index");
    }

    private void reindex(MaintenanceStatement.Reindex reindex) {
        if (!reindex.transactional()) {
            draft.outsideTransaction();
        }
        Name name = reindex.name();
        switch (reindex.target()) {
            case INDEX -> {
                Optional<Relation> table = name == null ? Optional.empty() : draft.catalog.tableOfIndex(name);
                table.ifPresentOrElse(
                        known -> known.indexes().stream()
                                .filter(index -> name != null && index.name().equals(name.local()))
                                .forEach(index -> reindex(known, List.of(index), reindex.concurrently())),
                        () -> draft.unknown("The table of the index is not known; writes to it wait."));
            }
            case TABLE -> {
                if (name != null) {
                    Relation table = draft.catalog.relationOrUnknown(name);
                    reindex(table, table.indexes(), reindex.concurrently());
                }
            }
            case SCHEMA, DATABASE, SYSTEM ->
                draft.unknown("It works on every index of the %s."
                        .formatted(reindex.target().name().toLowerCase(Locale.ROOT)));
        }
    }

    private void reindex(Relation table, List<Index> indexes, boolean concurrently) {
        draft.lock(table, concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE);
        for (Index index : indexes) {
            if (concurrently) {
                draft.lockIndex(table, index, SHARE_UPDATE_EXCLUSIVE);
                draft.build(table, index.name(), IndexBuild.Kind.REBUILT, false);
                draft.scan(table.name(), Why.INDEX_BUILD, true);
                draft.scan(table.name(), Why.INDEX_BUILD, true);
            } else {
                rebuild(table, index);
            }
        }
    }

    private void refresh(MaintenanceStatement.Refresh refresh) {
        Relation view = draft.catalog.relationOrUnknown(refresh.view());
        if (refresh.withData()) {
            for (Name name : view.attachments().reads().relations()) {
                draft.lock(name, ACCESS_SHARE);
                DataEffects.reads(
                        draft,
                        draft.catalog.relationOrUnknown(name),
                        view.attachments().reads().relations().size() == 1);
            }
        }
        if (refresh.concurrently()) {
            draft.lock(view, EXCLUSIVE);
            draft.lockIndexes(view, ROW_EXCLUSIVE);
            draft.scan(view.name(), Why.QUERY, true);
            return;
        }
        draft.lock(view, ACCESS_EXCLUSIVE);
        draft.rewrite(
                view.withKind(Relation.Kind.MATERIALIZED_VIEW),
                "its content is computed anew",
                refresh.withData(),
                true);
        for (Index index : view.indexes()) {
            if (refresh.withData()) {
                rebuild(view, index);
            } else {
                draft.lockIndex(view, index, ACCESS_EXCLUSIVE);
                draft.build(view, index.name(), IndexBuild.Kind.REBUILT, true);
            }
        }
    }

    private void lock(MaintenanceStatement.LockTable lock) {
        LockMode mode = LockMode.of(lock.mode());
        lock.tables().forEach(name -> lock(draft.catalog.relationOrUnknown(name), mode));
    }

    /** A view passes the lock on to what it reads, a table to its partitions. */
    private void lock(Relation relation, LockMode mode) {
        draft.lock(relation, mode);
        Reach.below(draft.catalog, relation.name()).forEach(child -> draft.lock(child, mode));
        if (relation.kind() == Relation.Kind.VIEW) {
            relation.attachments().reads().relations().forEach(name -> draft.lock(name, mode));
        }
    }
}
