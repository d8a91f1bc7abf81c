package io.slipway.executor.statement;

import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.lock.LooseScript;
import io.slipway.executor.statement.IndexStore.Found;
import io.slipway.executor.statement.PartitionStore.Attached;
import io.slipway.sql.ast.Name;
import io.slipway.targets.ledger.StatementRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds out in the catalogue what an attempt at a statement came to, and takes away what it left half made. */
final class Recovery {
    private final Connection connection;
    private final LooseScript loose;
    private final IndexStore indexes;

    Recovery(Connection connection, LooseScript loose) {
        this.connection = connection;
        this.loose = loose;
        this.indexes = new IndexStore(connection);
    }

    /** What became of the earlier attempt. */
    enum Finding {
        DONE,
        /** It has no effect any more, and is to be made again. */
        NOT_DONE,
        /** Nothing tells. */
        UNKNOWN
    }

    /** What there is of a statement's matter before it runs, so that one can tell afterwards what is its work. */
    List<Long> before(Effect effect) throws SQLException {
        return switch (effect) {
            case Effect.BuildsIndex(var _, var table) -> ids(indexes.ofTable(table));
            case Effect.DropsIndex(var index) -> ids(indexes.named(index));
            case Effect.Reindexes(var target, var name) -> ids(indexes.transitory(target, name));
            case Effect.Detaches(var parent, var partition) ->
                PartitionStore.find(connection, parent, partition).stream()
                        .map(Attached::id)
                        .toList();
            case Effect.Transactional _, Effect.Repeatable _, Effect.Unknowable _ -> List.of();
        };
    }

    /** The invalid indexes that a statement has left. */
    List<Long> left(Effect effect, List<Long> before) throws SQLException {
        return switch (effect) {
            case Effect.BuildsIndex builds -> {
                List<Found> invalid = made(builds, before).stream()
                        .filter(index -> !index.valid())
                        .toList();
                // Of several without a name nobody knows which one is its own.
                yield invalid.size() == 1 ? ids(invalid) : List.of();
            }
            case Effect.Reindexes(var target, var name) -> ids(since(before, indexes.transitory(target, name)));
            case Effect.DropsIndex _,
                    Effect.Detaches _,
                    Effect.Transactional _,
                    Effect.Repeatable _,
                    Effect.Unknowable _ -> List.of();
        };
    }

    /** An invalid index of its own name stands in the way of a build, whoever left it. */
    void clear(Effect.BuildsIndex builds) throws SQLException {
        String name = builds.name();
        if (name != null) {
            indexes.dropInvalid(indexes.named(builds.table(), name));
        }
    }

    /** The invalid indexes that a statement has left and that stand in its own way. */
    void clear(Effect effect, List<Long> before) throws SQLException {
        indexes.dropInvalid(indexes.byId(left(effect, before)));
    }

    /** @param earlier the record of the same text's earlier attempt */
    Finding look(Effect effect, StatementRecord earlier) throws SQLException {
        List<Long> left = earlier.left();
        if (left != null) {
            indexes.dropInvalid(indexes.byId(left));
        }
        boolean failed = earlier.state() == StatementRecord.State.FAILED;
        if (effect instanceof Effect.Detaches detaches) {
            return detached(detaches, earlier);
        }
        if (earlier.atomic() || failed && left != null) {
            return Finding.NOT_DONE;
        }
        return switch (effect) {
            case Effect.BuildsIndex builds -> built(builds, earlier.before());
            case Effect.DropsIndex _ ->
                earlier.before().isEmpty() || !indexes.byId(earlier.before()).isEmpty()
                        ? Finding.NOT_DONE
                        : Finding.DONE;
            case Effect.Reindexes(var target, var name) -> {
                indexes.dropInvalid(since(earlier.before(), indexes.transitory(target, name)));
                yield Finding.NOT_DONE;
            }
            case Effect.Repeatable _ -> Finding.NOT_DONE;
            // One that only looks transactional was refused by PostgreSQL inside of a transaction.
            case Effect.Transactional _, Effect.Unknowable _ -> failed ? Finding.NOT_DONE : Finding.UNKNOWN;
            case Effect.Detaches _ -> throw new IllegalStateException("Was looked at above.");
        };
    }

    private Finding built(Effect.BuildsIndex builds, List<Long> before) throws SQLException {
        List<Found> made = made(builds, before);
        if (made.isEmpty()) {
            return Finding.NOT_DONE;
        }
        if (made.size() > 1) {
            return Finding.UNKNOWN;
        }
        if (made.getFirst().valid()) {
            return Finding.DONE;
        }
        indexes.dropInvalid(made);
        return Finding.NOT_DONE;
    }

    private Finding detached(Effect.Detaches detaches, StatementRecord earlier) throws SQLException {
        Name parent = detaches.parent();
        Optional<Attached> attached = PartitionStore.find(connection, parent, detaches.partition());
        if (attached.isEmpty()) {
            return earlier.before().isEmpty() ? Finding.NOT_DONE : Finding.DONE;
        }
        if (!attached.get().detaching()) {
            return Finding.NOT_DONE;
        }
        // Nobody may read the partition while this waits for its lock: it steps aside like any other statement.
        loose.again(() -> finish(parent, detaches.partition()));
        return Finding.DONE;
    }

    private void finish(Name parent, Name partition) {
        try {
            PartitionStore.finish(connection, parent, partition);
        } catch (SQLException e) {
            throw new StatementFailed(0, e);
        }
    }

    /** Indexes that there were not before and that may be the work of this statement. */
    private List<Found> made(Effect.BuildsIndex builds, List<Long> before) throws SQLException {
        String name = builds.name();
        return since(before, name == null ? indexes.ofTable(builds.table()) : indexes.named(builds.table(), name));
    }

    private static List<Found> since(List<Long> before, List<Found> now) {
        return now.stream().filter(index -> !before.contains(index.id())).toList();
    }

    private static List<Long> ids(List<Found> indexes) {
        return indexes.stream().map(Found::id).toList();
    }
}
