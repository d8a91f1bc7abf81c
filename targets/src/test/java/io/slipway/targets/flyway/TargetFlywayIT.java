package io.slipway.targets.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TargetFlywayIT {
    private static final List<ScriptFile> SCRIPTS = List.of(
            new ScriptFile(
                    "V1__shop.sql", "\uFEFFCREATE TABLE ${prefix}item (id int, name text);\r\n-- umlauts: äöü €\r\n"),
            new ScriptFile("orders/V1.1__orders.sql", "CREATE TABLE orders (id int);\n\n"),
            new ScriptFile("R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM orders;"),
            new ScriptFile("beforeMigrate.sql", "CREATE TABLE IF NOT EXISTS called_back (n int);"),
            new ScriptFile("U1.1__orders.sql", "DROP TABLE orders CASCADE;"));
    private static final FlywaySettings SETTINGS = new FlywaySettings(Map.of("prefix", "x_"), List.of(), false, null);

    private static Flyway flyway(Database database, List<ScriptFile> scripts) {
        return TargetFlyway.configure(database.dataSource(), SETTINGS, new ScriptResources(scripts))
                .load();
    }

    private static SchemaHistory history(Database database, FlywaySettings settings) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return SchemaHistory.read(connection, settings);
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void goesOnWithRowsThatPaidEditionsOfFlywayWrote() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("paid");
        var scripts = List.of(
                new ScriptFile("V1__shop.sql", "create table item (id int);"),
                new ScriptFile("V2__orders.sql", "create table orders (id int);"));
        var flyway = flyway(database, scripts);
        flyway.migrate();

        for (int cycle = 0; cycle < 2; cycle++) {
            // When
            execute(database, "drop table orders; drop table item");
            for (int version = 2; version > 0; version--) {
                execute(database, """
                        insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                                                           installed_by, execution_time, success)
                        select max(installed_rank) + 1, '%1$d', 'orders', 'UNDO_SQL', 'U%1$d__orders.sql', 7,
                               current_user, 1, true
                          from flyway_schema_history
                        """.formatted(version));
            }

            // Then
            assertThat(flyway.info().pending())
                    .extracting(MigrationInfo::getScript)
                    .containsExactly("V1__shop.sql", "V2__orders.sql");
            assertThat(history(database, SETTINGS).currentVersion()).isEmpty();
            flyway.repair();
            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
            flyway.validate();
        }
        assertThat(flyway.info().applied())
                .extracting(MigrationInfo::getState)
                .containsOnly(MigrationState.SUCCESS, MigrationState.UNDONE);
    }

    @Test
    void leavesTheSameHistoryFromMemoryAsFlywayDoesFromFiles(@TempDir Path folder) throws IOException, SQLException {
        // Given
        for (ScriptFile script : SCRIPTS) {
            if (!script.name().startsWith("U")) {
                Path file = folder.resolve(script.name());
                Files.createDirectories(file.getParent());
                Files.writeString(file, script.content());
            }
        }
        Database fromFiles = SharedServers.freshDatabase("files");
        Database fromMemory = SharedServers.freshDatabase("memory");
        Flyway.configure()
                .dataSource(fromFiles.dataSource())
                .locations("filesystem:" + folder)
                .placeholders(SETTINGS.placeholders())
                .load()
                .migrate();

        // When
        flyway(fromMemory, SCRIPTS).migrate();

        // Then
        SchemaHistory files = history(fromFiles, SETTINGS);
        SchemaHistory memory = history(fromMemory, SETTINGS);
        assertThat(memory.rows()).hasSize(3);
        assertThat(memory.rows())
                .usingRecursiveComparison()
                .ignoringFields("installedOn")
                .isEqualTo(files.rows());
        assertThat(memory.digest()).isEqualTo(files.digest());
        assertThat(flyway(fromFiles, SCRIPTS).validateWithResult().validationSuccessful)
                .isTrue();
    }

    @Test
    void readsTheStateOfATargetWithAndWithoutAHistory() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("state");
        TargetState empty = TargetStates.read(database.dataSource(), SETTINGS);

        // When
        flyway(database, SCRIPTS).migrate();
        TargetState migrated = TargetStates.read(database.dataSource(), SETTINGS);

        // Then
        assertThat(empty.currentVersion()).isNull();
        assertThat(empty.applied()).isZero();
        assertThat(empty.database()).isEqualTo(database.name());
        assertThat(empty.systemIdentifier()).matches("\\d{10,}");
        assertThat(migrated.currentVersion()).isEqualTo(new MigrationVersion("1.1"));
        assertThat(migrated.applied()).isEqualTo(3);
        assertThat(migrated.historyDigest()).isNotEqualTo(empty.historyDigest());
        assertThat(migrated.serverVersion()).isEqualTo(empty.serverVersion()).startsWith("15.");
    }

    @Test
    void readsTheStateWithoutTheRightToKnowTheSystem() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("rights");
        execute(database, "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        execute(database, "CREATE ROLE curious LOGIN PASSWORD 'curious'");

        // When
        TargetState state = TargetStates.read(
                new Database(database.host(), database.port(), database.name(), "curious", "curious").dataSource(),
                SETTINGS);

        // Then
        assertThat(state.systemIdentifier()).isNull();
    }

    @Test
    void agreesWithFlywayOnAVersionThatWasTakenBack() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("taken_back");
        Flyway flyway = flyway(database, SCRIPTS);
        flyway.migrate();
        execute(database, "DROP TABLE orders CASCADE");
        execute(database, """
                INSERT INTO flyway_schema_history
                       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (4, '1.1', 'orders', 'DELETE', 'orders/V1.1__orders.sql', NULL, 'me', 0, true)
                """);

        // When
        SchemaHistory history = history(database, SETTINGS);

        // Then
        assertThat(history.currentVersion()).contains(new MigrationVersion("1"));
        assertThat(flyway.info().current().getVersion().getVersion()).isEqualTo("1");
        assertThat(flyway.info().pending()).extracting(MigrationInfo::getState).containsExactly(MigrationState.PENDING);
        flyway.migrate();
        assertThat(history(database, SETTINGS).currentVersion()).contains(new MigrationVersion("1.1"));
    }

    @Test
    void keepsTheHistoryInTheFirstSchemaOfTheSettings() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("schemas");
        FlywaySettings settings = new FlywaySettings(Map.of(), List.of("Odd \"name", "second"), false, null);

        // When
        TargetFlyway.configure(
                        database.dataSource(),
                        settings,
                        new ScriptResources(List.of(new ScriptFile("V7__t.sql", "CREATE TABLE t (n int)"))))
                .load()
                .migrate();

        // Then
        SchemaHistory history = history(database, settings);
        assertThat(history.currentVersion()).contains(new MigrationVersion("7"));
        assertThat(history.applied()).hasSize(1);
        assertThat(history(database, FlywaySettings.DEFAULTS).exists()).isFalse();
    }

    @Test
    void takesOverADatabaseAtItsBaseline() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("baseline");
        execute(database, "CREATE TABLE legacy (n int)");
        FlywaySettings settings = new FlywaySettings(Map.of(), List.of(), false, new MigrationVersion("5"));

        // When
        TargetFlyway.configure(
                        database.dataSource(),
                        settings,
                        new ScriptResources(List.of(
                                new ScriptFile("V5__old.sql", "SELECT 1/0"),
                                new ScriptFile("V6__new.sql", "CREATE TABLE added (n int)"))))
                .load()
                .migrate();

        // Then
        assertThat(history(database, settings).applied())
                .extracting(HistoryRow::type)
                .containsExactly("BASELINE", "SQL");
    }

    @Test
    @Timeout(60)
    void buildsIndexesConcurrentlyUnderTheLockOfTheSession() throws SQLException {
        // Given
        Database database = SharedServers.freshDatabase("concurrently");
        ScriptResources scripts = new ScriptResources(List.of(
                new ScriptFile("V1__t.sql", "CREATE TABLE t (n int)"),
                new ScriptFile("V2__i.sql", "CREATE INDEX CONCURRENTLY i ON t (n)"),
                new ScriptFile("V3__e.sql", "CREATE TYPE e AS ENUM ('a'); ALTER TABLE t ADD e e"),
                new ScriptFile("V3__e.sql.conf", "executeInTransaction=false")));

        // When
        TargetFlyway.configure(database.dataSource(), SETTINGS, scripts, MigrationLock.SESSION)
                .load()
                .migrate();

        // Then
        assertThat(history(database, SETTINGS).currentVersion()).contains(new MigrationVersion("3"));
    }

    @Test
    void namesAScriptWhoseNameSaysNothing() {
        // Given
        Flyway flyway = flyway(
                SharedServers.freshDatabase("naming"),
                List.of(new ScriptFile("V1_missing_underscore.sql", "SELECT 1")));

        // Then
        assertThatThrownBy(flyway::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("V1_missing_underscore.sql");
    }
}
