package io.slipway.executor.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.localstack.server.SharedServers;
import io.slipway.targets.flyway.MigrationLock;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LeanPostgresIT {
    /** History, script, history, row. */
    private static final int STATEMENTS = 4;

    @Test
    void flywayAsksForEachScriptOnlyWhatIsNotKnownFromTheOneBefore() {
        // Given
        int ofTen = statementsOf(10);
        // When
        int ofThirty = statementsOf(30);
        // Then
        assertThat(ofThirty - ofTen).isEqualTo(20 * STATEMENTS);
    }

    @Test
    void flywaysLockIsKeptOverScriptsThatFollowEachOtherQuickly() {
        // When
        List<String> statements = statementsOf(script(1, "select 1"), script(2, "select 2"), script(3, "select 3"));
        // Then
        assertThat(locks(statements)).isEqualTo(1);
    }

    @Test
    void flywaysLockIsLetGoBehindAScriptThatTookLong() {
        // When
        List<String> statements =
                statementsOf(script(1, "select 1"), script(2, "select pg_sleep(1.05)"), script(3, "select 3"));
        // Then
        assertThat(locks(statements)).isEqualTo(2);
        assertThat(statements.stream().filter(sql -> sql.contains("pg_advisory_unlock")))
                .as("each time that it was taken, and once what was kept")
                .hasSize(3);
    }

    @Test
    void flywaysLockIsTakenAnewBehindAScriptThatMayHaveLetItGo() {
        // Given
        String held = """
                do $$ begin
                  if not exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) then
                    raise exception 'without the lock';
                  end if;
                end $$""";
        // When
        List<String> statements = statementsOf(
                script(1, held),
                script(2, "discard all"),
                new ScriptFile("V2__step.sql.conf", "executeInTransaction=false"),
                script(3, held));
        // Then
        assertThat(locks(statements)).isEqualTo(2);
    }

    @Test
    void aSchemaWithAnythingInItIsNotEmpty() throws SQLException {
        for (String thing : List.of(
                "create table thing (id int)",
                "create function thing() returns int language sql as 'select 1'",
                "create type thing as enum ('a')",
                "create domain thing as int")) {
            // Given
            var source = SharedServers.freshDatabase("lean").dataSource();
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(thing);
            }
            // Then: as plain Flyway refuses it
            assertThatThrownBy(() -> migrate(source, List.of(script(1, "select 1"))))
                    .as(thing)
                    .hasMessageContaining("non-empty schema");
        }
    }

    @Test
    void theRowOfAScriptThatFailedAsAnotherRoleIsWrittenAsTheRoleThatMigrates() throws SQLException {
        // Given
        var source = SharedServers.freshDatabase("lean").dataSource();
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role lean_clerk");
            try {
                // When
                assertThatThrownBy(() -> migrate(
                                source,
                                List.of(
                                        script(1, "select 1"),
                                        script(2, "set role lean_clerk; select 1 / 0"),
                                        new ScriptFile("V2__step.sql.conf", "executeInTransaction=false"))))
                        .hasMessageContaining("division by zero");
                // Then
                try (var row = statement.executeQuery(
                        "select script from flyway_schema_history where not success and installed_by = session_user")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("V2__step.sql");
                }
            } finally {
                statement.execute("drop role lean_clerk");
            }
        }
    }

    private static ScriptFile script(int version, String sql) {
        return new ScriptFile("V%d__step.sql".formatted(version), sql);
    }

    private static long locks(List<String> statements) {
        return statements.stream()
                .filter(sql -> sql.contains("pg_try_advisory_lock"))
                .count();
    }

    private static int statementsOf(int scripts) {
        return statementsOf(IntStream.rangeClosed(1, scripts)
                        .mapToObj(version -> script(version, "select %d".formatted(version)))
                        .toArray(ScriptFile[]::new))
                .size();
    }

    private static List<String> statementsOf(ScriptFile... files) {
        List<String> statements = new CopyOnWriteArrayList<>();
        migrate(
                recorded(DataSource.class, SharedServers.freshDatabase("lean").dataSource(), statements),
                List.of(files));
        return statements;
    }

    private static void migrate(DataSource source, List<ScriptFile> files) {
        TargetFlyway.configure(source, FlywaySettings.DEFAULTS, new ScriptResources(files), MigrationLock.SESSION)
                .load()
                .migrate();
    }

    private static <T> T recorded(Class<T> type, T real, List<String> statements) {
        var proxy = Proxy.newProxyInstance(
                LeanPostgresIT.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof Connection connection) {
                            return recorded(Connection.class, connection, statements);
                        }
                        if (method.getName().equals("prepareStatement")) {
                            statements.add((String) arguments[0]);
                        } else if (method.getName().equals("createStatement")) {
                            statements.add("");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
