package io.slipway.validator.verdict;

import io.slipway.contracts.TableLock;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.TableSize;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.Rewrite;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.effect.TableScan;
import io.slipway.sql.parse.Parser;
import io.slipway.validator.rehearsal.Prediction;
import io.slipway.validator.rehearsal.Predictions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the statements of a plan will do to tables that exist, one after the other over the target's catalogue. */
final class PlanEffects implements Predictions {
    /** An application waits for these; weaker ones only keep maintenance waiting. */
    private static final LockMode WEAKEST_TOLD = LockMode.SHARE_UPDATE_EXCLUSIVE;

    /** Rough figures of one ordinary disk: reading all of a table, and writing it anew with its indexes. */
    private static final long SCANNED_BYTES_PER_SECOND = 200_000_000;

    private static final long REWRITTEN_BYTES_PER_SECOND = 50_000_000;

    private final Catalog catalog;
    private final ServerVersion version;
    private final Map<String, List<Prediction>> predictions = new HashMap<>();
    private final Map<Name, TableLock> locks = new TreeMap<>(Comparator.comparing(Name::sql));

    /** @param catalog of the target; what is read is replayed into it */
    PlanEffects(Catalog catalog, ServerVersion version) {
        this.catalog = catalog;
        this.version = version;
    }

    /** Takes the next script of the plan in, its placeholders replaced. */
    void read(String script, String sql, boolean transactional) {
        catalog.startScript();
        List<Statement> statements = Parser.parse(sql);
        List<StatementEffects> effects = new ArrayList<>();
        for (Statement statement : statements) {
            effects.add(Effects.of(statement, catalog, version));
            catalog.apply(statement);
        }
        predictions.put(script, effects.stream().map(PlanEffects::prediction).toList());
        for (int index = 0; index < statements.size(); index++) {
            List<StatementEffects> held = effects.subList(index, transactional ? effects.size() : index + 1);
            note(script, statements.get(index), effects.get(index), held);
        }
    }

    @Override
    public Optional<Prediction> of(String script, int statement) {
        List<Prediction> known = predictions.getOrDefault(script, List.of());
        return statement < known.size() ? Optional.of(known.get(statement)) : Optional.empty();
    }

    /** The strongest lock on each table, the most disturbing first. */
    List<TableLock> locks(int atMost) {
        return locks.values().stream()
                .sorted(Comparator.comparing((TableLock lock) -> LockMode.of(lock.mode()))
                        .reversed())
                .limit(atMost)
                .toList();
    }

    private void note(String script, Statement statement, StatementEffects effects, List<StatementEffects> held) {
        for (LockTaken lock : effects.locksOnExisting()) {
            if (lock.target() == LockTaken.Target.TABLE && lock.mode().compareTo(WEAKEST_TOLD) >= 0) {
                TableLock told = told(script, statement, lock, effects, held);
                locks.merge(lock.relation(), told, PlanEffects::stronger);
            }
        }
    }

    private TableLock told(
            String script, Statement statement, LockTaken lock, StatementEffects effects, List<StatementEffects> held) {
        Name table = lock.relation();
        return new TableLock(
                table.sql(),
                lock.mode().title(),
                lock.mode().blocks(),
                script,
                statement.span().start().line(),
                effects.rewrites(table),
                effects.scans().stream().anyMatch(scan -> scan.relation().equals(table)),
                blockedFor(held));
    }

    private static TableLock stronger(TableLock one, TableLock other) {
        return LockMode.of(other.mode()).compareTo(LockMode.of(one.mode())) > 0 ? other : one;
    }

    /** Nothing where the size of a table is unknown that has to be read or written while the lock is held. */
    private @Nullable Duration blockedFor(List<StatementEffects> whileHeld) {
        Duration sum = Duration.ZERO;
        for (StatementEffects effects : whileHeld) {
            for (TableScan scan : effects.scans()) {
                Optional<TableSize> size = size(scan.relation());
                if (size.isEmpty()) {
                    return null;
                }
                sum = sum.plus(
                        took(size.get().bytes(), SCANNED_BYTES_PER_SECOND).multipliedBy(scan.passes()));
            }
            for (Rewrite rewrite : effects.rewrites()) {
                Optional<TableSize> size = size(rewrite.relation());
                if (rewrite.copied() && size.isPresent()) {
                    sum = sum.plus(took(size.get().bytes(), REWRITTEN_BYTES_PER_SECOND));
                }
            }
        }
        return sum;
    }

    private Optional<TableSize> size(Name relation) {
        return catalog.relation(relation).flatMap(known -> Optional.ofNullable(known.size()));
    }

    private static Duration took(long bytes, long perSecond) {
        return Duration.ofMillis(bytes * 1_000 / perSecond);
    }

    private static Prediction prediction(StatementEffects effects) {
        Map<String, LockMode> locks = new TreeMap<>();
        effects.locksOnExisting().stream()
                .filter(lock -> lock.target() == LockTaken.Target.TABLE)
                .forEach(lock -> locks.merge(
                        plain(lock.relation()), lock.mode(), (one, other) -> one.compareTo(other) > 0 ? one : other));
        Set<String> rewritten = effects.rewrites().stream()
                .map(rewrite -> plain(rewrite.relation()))
                .collect(Collectors.toSet());
        return new Prediction(locks, rewritten);
    }

    private static String plain(Name name) {
        return name.schema() + "." + name.local();
    }
}
