package io.slipway.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.audit.HistoryProbe;
import io.slipway.audit.RunFixture;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
class EventStoreIT {
    @Inject
    DataSource database;

    @Inject
    Rebuild rebuild;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set body = '{}'",
                "update event set source = source where false",
                "delete from event",
                "truncate event"
            })
    void refusesToChangeWhatWasStored(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("The event store is append-only");
        }
    }

    @Test
    void comesToTheSameHistoryWhenTheEventsAreToldAgain() throws SQLException {
        // Given
        try (HistoryProbe history = new HistoryProbe()) {
            RunFixture first = RunFixture.on("rebuilt");
            RunFixture rollback = RunFixture.on("rebuilt").at(first.begin().plusSeconds(100));
            RunFixture refused = RunFixture.on("rebuilt").at(first.begin().plusSeconds(200));
            RunFixture rejected = RunFixture.on("rebuilt").at(first.begin().plusSeconds(300));
            history.publish(first, first.migration());
            history.publish(
                    rollback,
                    List.of(
                            rollback.rollbackRequested(),
                            rollback.rollbackPlanned(),
                            rollback.backupSkipped(),
                            rollback.approved(),
                            rollback.rolledBack()));
            history.publish(
                    refused,
                    List.of(
                            refused.requested(),
                            refused.planned(),
                            refused.invalid(),
                            refused.cancelled(RunCancelled.Cause.VALIDATION_FAILED)));
            history.publish(rejected, List.of(rejected.requested(), rejected.rejected()));
            history.awaitOutcome(first.run(), "APPLIED");
            history.awaitOutcome(rollback.run(), "ROLLED_BACK");
            history.awaitOutcome(refused.run(), "REFUSED");
            history.awaitOutcome(rejected.run(), "REJECTED");
        }
        Map<String, List<String>> incremental = projections();

        // When
        long told = rebuild.run();

        // Then
        assertThat(told).isGreaterThanOrEqualTo(21);
        assertThat(incremental.get("run")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(projections()).isEqualTo(incremental);
    }

    /** All rows as text, without the numbers that only order them. */
    private Map<String, List<String>> projections() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : List.of("request", "run", "step", "applied_migration")) {
            tables.put(table, rows("select (to_jsonb(t) - 'seq' - 'revision')::text from " + table + " t order by 1"));
        }
        return tables;
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
