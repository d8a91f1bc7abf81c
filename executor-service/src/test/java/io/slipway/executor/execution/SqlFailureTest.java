package io.slipway.executor.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.eventing.Lost;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({"08006,true", "57P01,true", "53300,true", "42601,false", "55P03,false", "57014,false"})
    void knowsALostSessionFromAFailedStatement(String state, boolean infrastructure) {
        var failure = new FlywayException("failed", new SQLException("why", state));
        assertThat(SqlFailure.infrastructure(failure)).isEqualTo(infrastructure);
    }

    @Test
    void looksUpTheOutcomeWhenTheControlPlaneWasLost() {
        var lost = new Lost("Cannot be read", new SQLException("Acquisition timeout"));
        assertThat(SqlFailure.infrastructure(new FlywayException("callback", lost)))
                .isTrue();
    }

    @Test
    void leavesOutTheDetailThatQuotesRows() {
        // Given
        var server = new ServerErrorMessage(
                "SERROR\0C23505\0Mduplicate key value violates unique constraint \"person_email_key\"\0DKey (email)=(ada@example.org) already exists.\0\0");
        // When
        var failure = SqlFailure.of(new FlywayException("failed", new PSQLException(server)), "V1__a.sql");
        // Then
        assertThat(failure.message()).contains("person_email_key").doesNotContain("ada@example.org");
        assertThat(failure.sqlState()).isEqualTo("23505");
        assertThat(failure.script()).isEqualTo("V1__a.sql");
    }

    @Test
    void namesALockTimeoutAndWhatToDo() {
        var failure = SqlFailure.of(
                new FlywayException("x", new SQLException("canceling statement due to lock timeout", "55P03")), null);
        assertThat(failure.code()).isEqualTo("LOCK_NOT_AVAILABLE");
        assertThat(failure.remedy()).contains("pg_stat_activity");
    }
}
