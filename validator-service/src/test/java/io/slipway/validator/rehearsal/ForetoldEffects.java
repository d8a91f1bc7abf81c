package io.slipway.validator.rehearsal;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.Rewrite;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.effect.TableScan;
import io.slipway.validator.rehearsal.Footprint.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what was measured against what was foretold, more strictly than {@link Prediction}: weak locks and reads count. */
record ForetoldEffects(StatementEffects effects) {

    /** @param read rows, by table */
    List<String> contradictedBy(String sql, Measured measured, Map<String, Long> read) {
        Set<String> rewritten = existing(
                measured,
                effects.rewrites().stream()
                        .filter(rewrite ->
                                rewrite.proven() || measured.rewritten().contains(plain(rewrite.relation())))
                        .map(Rewrite::relation));
        Set<String> scanned = existing(
                measured,
                effects.scans().stream()
                        .filter(scan -> scan.proven() || read.containsKey(plain(scan.relation())))
                        .map(TableScan::relation));
        // A table without rows may be read all the same, such as one that the statement has emptied.
        Set<String> found = read.keySet().stream()
                .filter(table -> measured.existing().contains(table))
                .filter(table -> read.get(table) > 0 || scanned.contains(table))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> contradictions = new ArrayList<>();
        compare(sql + " locks", locks(measured), measured.taken(), contradictions);
        compare(sql + " writes anew", rewritten, measured.rewritten(), contradictions);
        compare(sql + " reads", scanned, found, contradictions);
        return contradictions;
    }

    private static void compare(String what, Object foretold, Object found, List<String> contradictions) {
        if (!foretold.equals(found)) {
            contradictions.add("%s: foretold %s, found %s".formatted(what, foretold, found));
        }
    }

    /** Of tables that were there before; what the transaction held already is not taken again. */
    private Map<String, LockMode> locks(Measured measured) {
        Map<String, LockMode> locks = new TreeMap<>();
        for (LockTaken lock : effects.locks()) {
            String table = plain(lock.relation());
            if (lock.target() == Target.TABLE && measured.existing().contains(table)) {
                locks.merge(table, lock.mode(), (one, other) -> one.compareTo(other) >= 0 ? one : other);
            }
        }
        locks.entrySet().removeIf(lock -> covers(measured.held().get(lock.getKey()), lock.getValue()));
        return locks;
    }

    private static boolean covers(@Nullable LockMode held, LockMode wanted) {
        return held != null && held.compareTo(wanted) >= 0;
    }

    private static Set<String> existing(Measured measured, Stream<Name> tables) {
        return tables.map(ForetoldEffects::plain)
                .filter(measured.existing()::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the rehearsal names relations: without quotes. */
    private static String plain(Name relation) {
        return relation.schema() + "." + relation.local();
    }
}
