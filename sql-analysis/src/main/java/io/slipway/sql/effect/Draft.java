package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.LockTaken.Hold;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.TableScan.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The effects of one statement while they are gathered. */
final class Draft {
    private record ScanKey(Name relation, Why why) {}

    final Catalog catalog;
    final ServerVersion version;

    private final Set<LockTaken> locks = new LinkedHashSet<>();
    private final Map<Name, Rewrite> rewrites = new LinkedHashMap<>();
    private final Map<Name, IndexBuild> builds = new LinkedHashMap<>();
    private final Map<ScanKey, TableScan> scans = new LinkedHashMap<>();
    private final List<TableScan> scansOfParts = new ArrayList<>();
    private final Set<Loss> losses = new LinkedHashSet<>();
    private final Set<ClientEffect> clients = new LinkedHashSet<>();
    private final Set<ReplicationEffect> replication = new LinkedHashSet<>();
    private final Set<String> unknowns = new LinkedHashSet<>();
    private RowsTouched rows = RowsTouched.NONE;
    private Hold hold = Hold.TRANSACTION;
    private boolean transactional = true;
    private @Nullable String failure;

    Draft(Catalog catalog, ServerVersion version) {
        this.catalog = catalog;
        this.version = version;
    }

    /** Locks that end with the statement, which cannot run in a transaction block. */
    void outsideTransaction() {
        transactional = false;
        hold = Hold.STATEMENT;
    }

    void lock(Relation relation, LockMode mode) {
        Target target =
                switch (relation.kind()) {
                    case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW -> Target.TABLE;
                    case VIEW -> Target.VIEW;
                    case SEQUENCE -> Target.SEQUENCE;
                };
        lock(relation.name(), target, mode);
    }

    void lock(Name relation, LockMode mode) {
        if (!isSystem(relation)) {
            lock(catalog.relationOrUnknown(relation), mode);
        }
    }

    private static boolean isSystem(Name relation) {
        return "pg_catalog".equals(relation.schema())
                || "information_schema".equals(relation.schema())
                || relation.schema() == null && relation.local().startsWith("pg_");
    }

    void lock(Name relation, Target target, LockMode mode) {
        locks.add(new LockTaken(
                relation, target, mode, hold, !catalog.novelty(relation).existing()));
    }

    void lockIndex(Relation table, Index index, LockMode mode) {
        Name name = table.name().sibling(index.name());
        locks.add(new LockTaken(
                name, Target.INDEX, mode, hold, !catalog.novelty(table.name()).existing()));
    }

    void lockIndexes(Relation table, LockMode mode) {
        table.indexes().forEach(index -> lockIndex(table, index, mode));
    }

    /** The table and all its indexes get new files; the indexes count as rebuilt. */
    void rewrite(Relation table, String why, boolean copied, boolean proven) {
        if (!table.kind().hasStorage()) {
            return;
        }
        rewrites.put(table.name(), new Rewrite(table.name(), why, copied, proven));
        if (copied && catalog.novelty(table.name()).existing()) {
            replication(ReplicationEffect.Kind.LARGE_LOG_VOLUME, table.name());
        }
    }

    void build(Relation table, String index, IndexBuild.Kind kind, boolean reused) {
        Name name = table.name().sibling(index);
        builds.putIfAbsent(name, new IndexBuild(name, table.name(), kind, reused));
    }

    void scan(Name relation, Why why, boolean proven) {
        scans.merge(
                new ScanKey(relation, why),
                new TableScan(relation, why, 1, proven),
                (known, more) -> new TableScan(relation, why, known.passes() + 1, known.proven() && proven));
    }

    void rows(RowsTouched touched) {
        rows = rows.orMore(touched);
    }

    void lose(Loss.Kind kind, String object) {
        losses.add(new Loss(kind, object));
    }

    void client(ClientEffect.Kind kind, Name object, String detail) {
        if (catalog.novelty(object).existing()) {
            clients.add(new ClientEffect(kind, catalog.resolve(object), detail));
        }
    }

    void replication(ReplicationEffect.Kind kind, Name relation) {
        if (catalog.novelty(relation).existing()) {
            replication.add(new ReplicationEffect(kind, catalog.resolve(relation)));
        }
    }

    void unknown(String what) {
        unknowns.add(what);
    }

    /** The first reason counts: PostgreSQL stops there. */
    void fail(String why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Refuses what a server of this version does not know. */
    /** Fails where a view names the column, or had it when its {@code *} became a list of columns. */
    void refuseUnderViews(Relation table, String column) {
        boolean there = catalog.novelty(table.name(), column).existing();
        boolean used = catalog.viewsOn(table.name()).stream()
                .map(view -> view.attachments().reads())
                .anyMatch(reads -> reads.columns().contains(column)
                        || there && reads.allColumns() && reads.relations().size() == 1);
        if (used) {
            fail("A view depends on %s of %s."
                    .formatted(Name.quoted(column), table.name().sql()));
        }
    }

    void needs(int major, String what) {
        if (!version.atLeast(major)) {
            fail("%s needs PostgreSQL %d.".formatted(what, major));
        }
    }

    /** Takes in what a part of the statement does. */
    void add(StatementEffects part) {
        part.locks().forEach(locks::add);
        part.rewrites().forEach(rewrite -> rewrites.put(rewrite.relation(), rewrite));
        part.indexBuilds().forEach(build -> builds.put(build.index(), build));
        scansOfParts.addAll(part.scans());
        losses.addAll(part.losses());
        clients.addAll(part.clients());
        replication.addAll(part.replication());
        unknowns.addAll(part.unknowns());
        rows = rows.orMore(part.rows());
        transactional &= part.transactional();
        if (part.failure() != null) {
            fail(part.failure());
        }
    }

    StatementEffects finished(Reversibility reversibility, boolean statementIsTransactional) {
        // By relation: a statement can name tens of thousands of them.
        Map<Name, List<LockTaken>> byRelation = locks.stream().collect(Collectors.groupingBy(LockTaken::relation));
        List<LockTaken> strongest = locks.stream()
                .filter(lock -> byRelation.getOrDefault(lock.relation(), List.of()).stream()
                        .noneMatch(other ->
                                other.mode() != lock.mode() && other.mode().covers(lock.mode())))
                .toList();
        return new StatementEffects(
                strongest,
                List.copyOf(rewrites.values()),
                List.copyOf(builds.values()),
                Stream.concat(scans.values().stream(), scansOfParts.stream()).toList(),
                rows,
                List.copyOf(losses),
                reversibility,
                transactional && statementIsTransactional,
                List.copyOf(clients),
                List.copyOf(replication),
                List.copyOf(unknowns),
                failure);
    }
}
