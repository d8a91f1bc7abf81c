package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one statement does to a live database.
 *
 * @param locks on the relations of users; system catalogues are left out
 * @param scans full reads, one entry for each relation and reason
 * @param transactional whether it can run inside a transaction block
 * @param unknowns what could not be told and why, in sentences; empty when all was
 * @param failure why PostgreSQL will refuse the statement, where that is plain; null otherwise
 */
public record StatementEffects(
        List<LockTaken> locks,
        List<Rewrite> rewrites,
        List<IndexBuild> indexBuilds,
        List<TableScan> scans,
        RowsTouched rows,
        List<Loss> losses,
        Reversibility reversibility,
        boolean transactional,
        List<ClientEffect> clients,
        List<ReplicationEffect> replication,
        List<String> unknowns,
        @Nullable String failure) {
    public StatementEffects {
        locks = List.copyOf(locks);
        rewrites = List.copyOf(rewrites);
        indexBuilds = List.copyOf(indexBuilds);
        scans = List.copyOf(scans);
        losses = List.copyOf(losses);
        clients = List.copyOf(clients);
        replication = List.copyOf(replication);
        unknowns = List.copyOf(unknowns);
    }

    /** What it does to relations of other schemas. */
    StatementEffects outside(String schema) {
        return new StatementEffects(
                outside(schema, locks, LockTaken::relation),
                outside(schema, rewrites, Rewrite::relation),
                outside(schema, indexBuilds, IndexBuild::table),
                outside(schema, scans, TableScan::relation),
                rows,
                losses,
                reversibility,
                transactional,
                outside(schema, clients, ClientEffect::object),
                outside(schema, replication, ReplicationEffect::relation),
                unknowns,
                failure);
    }

    private static <E> List<E> outside(String schema, List<E> effects, Function<E, Name> relation) {
        return effects.stream()
                .filter(effect -> !schema.equals(relation.apply(effect).schema()))
                .toList();
    }

    /** Those that somebody can be waiting for. */
    public List<LockTaken> locksOnExisting() {
        return locks.stream().filter(lock -> !lock.created()).toList();
    }

    /** The strongest lock on a relation. */
    public Optional<LockMode> lockOn(Name relation) {
        return locks.stream()
                .filter(lock -> lock.relation().equals(relation))
                .map(LockTaken::mode)
                .max(LockMode::compareTo);
    }

    public boolean rewrites(Name relation) {
        return rewrites.stream().anyMatch(rewrite -> rewrite.relation().equals(relation));
    }

    /** Whether its duration grows with the size of a table. */
    public boolean slow() {
        return !scans.isEmpty()
                || rewrites.stream().anyMatch(Rewrite::copied)
                || rows.compareTo(RowsTouched.FILTERED) >= 0
                || indexBuilds.stream().anyMatch(build -> !build.reused());
    }
}
