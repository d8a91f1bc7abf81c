package io.slipway.sql.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.parse.Parser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what is predicted against what real servers did; the schema is known from the statements that made it. */
class EffectsTruthTest {
    /** Failures that only the rows of the table tell. */
    private static final Set<String> DEPENDS_ON_ROWS = Set.of("INSERT INTO t(id,nn) VALUES (5000,5000)");

    /** Its locks are held against the prediction, not the number of rows that it reads. */
    private static final String READS_WHAT_IT_ADDS = "INSERT INTO r VALUES (1000, 1000); DELETE FROM r WHERE id = 1000";

    private static final Map<String, Integer> ROWS =
            Map.of("t", 1000, "r", 100, "e", 100, "p1", 50, "p2", 50, "p3", 50, "mv", 1000);

    private static final List<Statement> BASE = Parser.parse(Measurement.resource("/locks/base.sql"));

    static Stream<Arguments> measurements() {
        return IntStream.rangeClosed(14, 18).boxed().flatMap(major -> Measurement.of(major).stream()
                .map(measured -> arguments(major, measured)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("measurements")
    void predictsWhatTheServerDid(int major, Measurement measured) {
        // Given
        Catalog catalog = base();
        if (measured.pre() != null) {
            Parser.parse(measured.pre()).forEach(catalog::apply);
        }

        // When
        List<StatementEffects> effects = new ArrayList<>();
        Catalog before = base();
        for (Statement statement : Parser.parse(measured.stmt())) {
            effects.add(Effects.of(statement, catalog, new ServerVersion(major)));
            statement.parts().forEach(catalog::apply);
            catalog.apply(statement);
        }

        // Then
        boolean transactional = effects.stream().allMatch(StatementEffects::transactional);
        assertThat(transactional).as("transactional").isEqualTo(measured.transactional());
        if (!measured.transactional()) {
            return;
        }
        boolean fails = effects.stream().anyMatch(effect -> effect.failure() != null);
        if (!DEPENDS_ON_ROWS.contains(measured.stmt())) {
            assertThat(fails).as("fails").isEqualTo(measured.error() != null);
        }
        if (measured.error() != null) {
            return;
        }
        assertThat(locks(effects)).as("locks").isEqualTo(locks(measured, before));
        assertThat(files(effects)).as("new files").isEqualTo(files(measured, before, catalog));
        if (READS_WHAT_IT_ADDS.equals(measured.stmt())) {
            return;
        }
        Map<String, Integer> atMost = scans(effects, false);
        assertThat(atMost.keySet()).as("scanned").containsAll(measured.scanned().keySet());
        Map<String, Integer> atLeast = scans(effects, true);
        atMost.forEach((table, rows) -> assertThat(measured.scanned().getOrDefault(table, 0))
                .as("rows read of " + table)
                .isBetween(atLeast.getOrDefault(table, 0), rows));
    }

    private static Catalog base() {
        Catalog catalog = new Catalog(List.of("s", "public")).timeZone("UTC");
        BASE.forEach(catalog::apply);
        return catalog.asExisting();
    }

    private static Map<String, Set<LockMode>> locks(Collection<StatementEffects> effects) {
        Map<String, Set<LockMode>> locks = new TreeMap<>();
        for (StatementEffects effect : effects) {
            for (LockTaken lock : effect.locksOnExisting()) {
                locks.computeIfAbsent(lock.relation().local(), _ -> new TreeSet<>())
                        .add(lock.mode());
            }
        }
        return strongest(locks);
    }

    /** Those on relations that were there before; of several on one relation, those that no other covers. */
    private static Map<String, Set<LockMode>> locks(Measurement measured, Catalog before) {
        Map<String, Set<LockMode>> locks = new TreeMap<>();
        List<Measurement.Lock> all = new ArrayList<>(measured.locks());
        if (measured.dropped() != null) {
            all.addAll(measured.dropped());
        }
        for (Measurement.Lock lock : all) {
            String named =
                    measured.renamed() == null ? lock.rel() : measured.renamed().getOrDefault(lock.rel(), lock.rel());
            String local = named.substring(named.indexOf('.') + 1);
            if (existed(local, before)) {
                locks.computeIfAbsent(local, _ -> new TreeSet<>()).add(LockMode.ofPgLocks(lock.mode()));
            }
        }
        return strongest(locks);
    }

    private static boolean existed(String local, Catalog before) {
        Name name = new Name("s", local);
        return before.relation(name).isPresent() || before.tableOfIndex(name).isPresent();
    }

    private static Map<String, Set<LockMode>> strongest(Map<String, Set<LockMode>> locks) {
        locks.replaceAll((relation, modes) -> modes.stream()
                .filter(mode -> modes.stream().noneMatch(other -> other != mode && other.covers(mode)))
                .collect(Collectors.toCollection(TreeSet::new)));
        return locks;
    }

    /** Tables and indexes that got new files, be it under their old identity or under a new one. */
    private static Set<String> files(Collection<StatementEffects> effects) {
        return effects.stream()
                .flatMap(effect -> Stream.concat(
                        effect.rewrites().stream()
                                .map(rewrite -> rewrite.relation().local()),
                        effect.indexBuilds().stream().map(build -> build.index().local())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files(Measurement measured, Catalog before, Catalog after) {
        Set<String> files = new TreeSet<>(measured.rewritten());
        for (String created : measured.created()) {
            // Indexes of a table that is new itself are no news.
            boolean ofNewTable = after.relations().stream()
                    .map(relation -> relation.name().local())
                    .filter(name -> !existed(name, before))
                    .anyMatch(name -> created.equals(name) || created.startsWith(name + "_"));
            if (!ofNewTable) {
                files.add(created);
            }
        }
        return files;
    }

    /** Rows read in full scans, by table: all that may be, or only those that are sure. */
    private static Map<String, Integer> scans(Collection<StatementEffects> effects, boolean provenOnly) {
        Map<String, Integer> rows = new TreeMap<>();
        for (StatementEffects effect : effects) {
            for (TableScan scan : effect.scans()) {
                String table = scan.relation().local();
                if ((scan.proven() || !provenOnly) && ROWS.containsKey(table)) {
                    rows.merge(table, scan.passes() * ROWS.get(table), Integer::sum);
                }
            }
        }
        return rows;
    }
}
