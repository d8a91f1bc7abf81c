package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.eventing.SharedServersResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The history as paid editions of Flyway write it; what reads it is tested where that lives. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
@TestProfile(UndoRowIT.Paid.class)
class UndoRowIT extends ExecutionFixture {
    /** With the setting for paid editions. */
    public static final class Paid implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("slipway.executor.undo-row", "undo-sql");
        }
    }

    @Test
    void writesARowAsPaidEditionsDo() {
        // Given
        plainFlyway(Map.of("V1__items.sql", "create table item (id int)")).migrate();

        // When
        execute(rollback(undo("1", "items", "drop table item")), RollbackApplied.class);

        // Then
        assertThat(query("select version || ' ' || description || ' ' || type || ' ' || script || ' ' || success"
                        + " from flyway_schema_history where installed_rank = 2"))
                .isEqualTo("1 items UNDO_SQL U1__items.sql true");
        assertThat(query("select checksum is not null from flyway_schema_history where installed_rank = 2"))
                .isEqualTo("t");
    }
}
