package io.slipway.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.eventing.Lost;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true", // connection failure
        "57P01, true", // shutdown by an administrator
        "57P03, true", // starting up
        "53300, true", // too many connections
        "40P01, true", // deadlock
        "25006, true", // a standby, read-only yet
        "55P03, true", // lock not available
        ", true", // the pool: none free in time
        "23505, false", // unique violation
        "22021, false", // a character that no text may hold
        "42P01, false", // undefined table
    })
    void tellsWhatPassesFromWhatDoesNotByTheStateOfTheServer(@Nullable String state, boolean passes) {
        assertThat(Outage.causes(new Lost("The inbox could not be written", new SQLException("why", state))))
                .isEqualTo(passes);
    }

    @Test
    void takesAFailedCommitForAnOutageUnlessTheServerRefusedTheContent() {
        var lost = new RollbackException("Could not commit");
        var refused = new RollbackException("Could not commit");
        refused.initCause(new SQLException("deferred constraint", "23503"));

        assertThat(Outage.causes(new IllegalStateException(lost))).isTrue();
        assertThat(Outage.causes(new IllegalStateException(refused))).isFalse();
    }

    @Test
    void takesAnythingElseForABug() {
        assertThat(Outage.causes(new IllegalStateException("bug", new NullPointerException())))
                .isFalse();
    }
}
