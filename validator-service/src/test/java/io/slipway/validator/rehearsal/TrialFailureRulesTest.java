package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialFailureRulesTest {

    @ParameterizedTest
    @CsvSource({
        "42601, syntax error at or near \"tabel\", true",
        "42P01, relation \"itme\" does not exist, true",
        "2BP01, cannot drop table item because other objects depend on it, true",
        "55P04, unsafe use of new value \"b\" of enum type e, true",
        "25001, CREATE INDEX CONCURRENTLY cannot run inside a transaction block, true",
        "42704, type \"money2\" does not exist, true",
        "42704, role \"app\" does not exist, false",
        "42501, permission denied to create extension \"postgis\", false",
        "23503, insert or update on table \"part\" violates foreign key constraint, false",
        "P0001, there must be a row, false",
        "55P03, canceling statement due to lock timeout, false",
        ", no answer, false",
    })
    void tellsFailuresOfTheStatementFromThoseOfTheCopy(@Nullable String state, String message, boolean expected) {
        assertThat(TrialFailureRules.wouldFailOnTheTarget(state, message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "42703, false, false",
        "23502, false, false",
        "23514, true, true",
        "22P02, false, true",
        "P0001, true, true",
        ", false, true",
    })
    void letsOnlyMessagesPassThatNameDefinitions(@Nullable String state, boolean inFunction, boolean expected) {
        assertThat(TrialFailureRules.mayQuoteRows(state, inFunction)).isEqualTo(expected);
    }
}
