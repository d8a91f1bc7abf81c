package io.slipway.executor.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.localstack.server.SharedServers;
import io.slipway.targets.flyway.MigrationLock;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetFlyway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LeanPostgresIT {
    /** Lock, history, script, history, row, unlock. */
    private static final int STATEMENTS = 6;

    @Test
    void flywayAsksForEachScriptOnlyWhatIsNotKnownFromTheOneBefore() {
        // Given
        int ofTen = statementsOf(10);
        // When
        int ofThirty = statementsOf(30);
        // Then
        assertThat(ofThirty - ofTen).isEqualTo(20 * STATEMENTS);
    }

    private static int statementsOf(int scripts) {
        var statements = new AtomicInteger();
        var files = IntStream.rangeClosed(1, scripts)
                .mapToObj(version -> new ScriptFile("V%d__step.sql".formatted(version), "select %d".formatted(version)))
                .toList();
        var source = SharedServers.freshDatabase("lean").dataSource();
        TargetFlyway.configure(
                        counted(DataSource.class, source, statements),
                        FlywaySettings.DEFAULTS,
                        new ScriptResources(files),
                        MigrationLock.SESSION)
                .load()
                .migrate();
        return statements.get();
    }

    private static <T> T counted(Class<T> type, T real, AtomicInteger statements) {
        BinaryOperator<Object> seen = (method, result) -> {
            if (result instanceof Connection connection) {
                return counted(Connection.class, connection, statements);
            }
            if (method.equals("prepareStatement") || method.equals("createStatement")) {
                statements.incrementAndGet();
            }
            return result;
        };
        var proxy = Proxy.newProxyInstance(
                LeanPostgresIT.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return seen.apply(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
