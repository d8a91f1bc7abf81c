package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowViolationRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "23502 | alter table t add column b int; | true",
                "23505 | create index on t (b); | true",
                "23503 | alter table t add column b int; | false",
                "22003 | alter table t add column b int; | false",
                "23502 | update t set a = (select max(b) from u); | false",
                "23505 | insert into t select * from u; | false",
                "23505 | create table v as select * from u; | false",
                "23502 | select rewrite_rows(); | false",
                "23514 | do $$ begin execute 'update t set a = 1'; end $$; | false",
            })
    void believeAViolationUntilThePlanHasWrittenRows(String state, String before, boolean expected) {
        // Given
        List<TrialScript> scripts = List.of(
                new TrialScript("V1", before, true),
                new TrialScript("V2", "alter table t alter a set not null;\nupdate t set a = 1;", true),
                new TrialScript("V3", "delete from t;", true));

        // When
        boolean believed = RowViolationRules.holdsOnTheTarget(state, scripts, "V2", 1);

        // Then
        assertThat(believed).isEqualTo(expected);
    }
}
