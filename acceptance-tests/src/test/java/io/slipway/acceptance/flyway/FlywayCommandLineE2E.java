package io.slipway.acceptance.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RunEnded;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.LoggedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Flyway's command line, as its makers pack it and whatever its version, in turns with Slipway on one database. */
@EnabledIfSystemProperty(
        named = "slipway.test.flyway",
        matches = ".+",
        disabledReason = "Flyway's command line is 240 MB; -Dslipway.test.flyway=FOLDER names an unpacked one")
class FlywayCommandLineE2E {
    private static final int CYCLES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ScriptSource SCRIPTS = new ScriptSource.Directory("plain");
    private static final String PENDING_IS_FINE = "-ignoreMigrationPatterns=*:pending";

    private final Stack stack = Stack.running();
    private final Target target = stack.newTarget();
    private final Path folder = stack.scriptDirectory().resolve("plain");

    @TempDir
    Path logs;

    @Test
    void infoValidateMigrateAndRepairWorkAfterAnyNumberOfCycles() throws Exception {
        // Given
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("V1__item.sql"), "CREATE TABLE item (id int PRIMARY KEY);");
        Files.writeString(folder.resolve("V2__price.sql"), "ALTER TABLE item ADD COLUMN price int;");
        Files.writeString(folder.resolve("R__prices.sql"), "CREATE OR REPLACE VIEW items AS SELECT id FROM item;");
        Files.writeString(folder.resolve("U2__price.sql"), "ALTER TABLE item DROP COLUMN price;");

        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            // When
            assertThat(end(apply())).isInstanceOf(MigrationApplied.class);
            flyway("validate");
            assertThat(flyway("info")).contains("Schema version: 2").doesNotContain("Pending");
            assertThat(end(rollBack())).isInstanceOf(RollbackApplied.class);
            assertThat(flyway("info")).contains("Schema version: 1", "Pending");
            flyway("validate", PENDING_IS_FINE);
            var history = target.sql().history();
            flyway("repair");

            // Then
            assertThat(target.sql().history()).isEqualTo(history);
            assertThat(flyway("migrate")).contains("Successfully applied 1 migration");
            assertThat(end(rollBack())).isInstanceOf(RollbackApplied.class);
        }
        assertThat(end(apply())).isInstanceOf(MigrationApplied.class);
        flyway("validate");
        assertThat(flyway("migrate")).contains("Schema \"public\" is up to date");
    }

    private RunEnded end(RunId run) {
        return stack.events().awaitEnd(run);
    }

    private RunId apply() {
        return stack.requests().publish(Requests.migration(target.id(), SCRIPTS, FlywaySettings.DEFAULTS));
    }

    private RunId rollBack() {
        return stack.requests().publish(Requests.rollback(target.id(), "-1", SCRIPTS, FlywaySettings.DEFAULTS));
    }

    /** What it says; that it ends with 0 is checked. */
    private String flyway(String... arguments) throws Exception {
        var log = Files.createTempFile(logs, "flyway", ".log");
        var database = target.database();
        var fixed = List.of(
                Checkout.locate()
                        .root()
                        .resolve(System.getProperty("slipway.test.flyway"))
                        .resolve("flyway")
                        .toString(),
                "-skipCheckForUpdate",
                "-url=" + database.jdbcUrl(),
                "-user=" + database.user(),
                "-password=" + database.password(),
                "-locations=filesystem:" + folder);
        LoggedProcess.run(
                "flyway " + String.join(" ", arguments),
                Stream.concat(fixed.stream(), Stream.of(arguments)).toList(),
                Map.of(),
                log,
                PATIENCE);
        return Files.readString(log);
    }
}
