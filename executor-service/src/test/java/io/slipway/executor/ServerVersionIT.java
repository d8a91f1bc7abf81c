package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.localstack.server.SharedServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ServerVersionIT {
    @Test
    void theTestsOfTheExecutorRunOnThePostgresThatIsAskedFor() throws SQLException {
        String asked = System.getProperty("slipway.test.postgres", "15");
        try (var connection = SharedServers.postgres().dataSource("postgres").getConnection()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            // For './slipway versions', which makes a table of it.
            System.out.println("PostgreSQL " + version);
            assertThat(version).startsWith(asked + ".");
        }
    }
}
