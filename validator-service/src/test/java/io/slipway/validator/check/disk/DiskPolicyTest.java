package io.slipway.validator.check.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.sql.ast.Name;
import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.catalog.LiveRelation.Concern;
import io.slipway.validator.catalog.LiveRelation.Kind;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.footprint.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskPolicyTest {

    @ParameterizedTest
    @CsvSource({"800, 1000, 80, PASSED", "801, 1000, 81, FAILED", "1, 0, 100, FAILED", "5, -9, 100, FAILED"})
    void judgesByThePartOfTheFreeSpace(long need, long free, long figure, Outcome outcome) {
        // When
        Judgement judgement = DiskPolicy.judge(new Need(need, List.of("orders")), new FreeSpace.Known(free), 80);

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
        assertThat(judgement.figure()).isEqualTo(figure);
    }

    @Test
    void doesNotKnowWithoutTheFreeSpace() {
        assertThat(DiskPolicy.judge(new Need(1, List.of("orders")), new FreeSpace.Unknown("Why.", "Do."), 80)
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void countsACopyAndItsWalForWhatIsWrittenAnewAndAPartForAnIndex() {
        // Given
        List<LiveRelation> relations = List.of(relation(1, 10), relation(2, 20), relation(3, 40), relation(4, 80));

        // When
        Need need = Need.of(
                relations,
                Map.of(1L, Set.of(Use.REWRITES), 2L, Set.of(Use.UPDATES_ALL), 3L, Set.of(Use.INDEXES, Use.ALTERS)),
                Map.of(1L, 1000L));

        // Then
        assertThat(need.bytes()).isEqualTo(2 * (1000 + 20 + 10));
        assertThat(need.tables()).containsExactly("public.t1", "public.t2", "public.t3");
    }

    private static LiveRelation relation(long oid, long bytes) {
        Name name = new Name("public", "t" + oid);
        return new LiveRelation(oid, name, Kind.TABLE, Concern.NAMED, name, "ann", true, 1, bytes);
    }
}
