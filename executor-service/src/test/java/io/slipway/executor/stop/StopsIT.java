package io.slipway.executor.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.eventing.SharedServersResource;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderStore;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several runs under way that one question serves. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class StopsIT {
    private static final int TIMES = 1000;

    private final RunId one = RunId.random();
    private final RunId other = RunId.random();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean away;

    @Inject
    DataSource controlPlane;

    @AfterEach
    void forget() throws SQLException {
        execute("delete from execution_order where run_id in ('%s', '%s')".formatted(one, other));
    }

    @Test
    void asksForAllRunsAtOnceAndNotEachTime() {
        // Given
        var stops = stops();
        // When
        for (int time = 0; time < TIMES; time++) {
            stops.lately(one);
            stops.lately(other);
        }
        // Then
        assertThat(questions.get()).isBetween(2, TIMES / 2);
    }

    @Test
    void hearsOfAStopWhileItIsAskedAllTheTime() throws SQLException {
        // Given
        var stops = stops();
        stops.lately(one);
        stops.lately(other);
        // When
        order(other, "'ada', 'The checkout waits', true");
        // Then
        await().until(() -> stops.lately(other).isPresent());
        assertThat(stops.lately(other)).contains(new Order.Stop("ada", "The checkout waits", true));
        assertThat(stops.lately(one)).isEmpty();
    }

    @Test
    void asksAtOnceForARunThatItWasNotAskedForBefore() throws SQLException {
        // Given
        order(other, "'ada', 'The checkout waits', false");
        var stops = stops();
        stops.lately(one);
        // When
        var found = stops.lately(other);
        // Then
        assertThat(found).isPresent();
    }

    @Test
    void neverTakesSilenceForANo() throws SQLException {
        // Given
        order(one, "'ada', 'The checkout waits', false");
        var stops = stops();
        away = true;
        // When
        for (RunId run : List.of(one, other, one)) {
            assertThatThrownBy(() -> stops.lately(run)).isInstanceOf(Lost.class);
        }
        // Then
        away = false;
        await().ignoreException(Lost.class).until(() -> stops.lately(one).isPresent());
    }

    private Stops stops() {
        return new Stops(new OrderStore(seen(DataSource.class, controlPlane)));
    }

    private void order(RunId run, String stop) throws SQLException {
        execute("""
                insert into execution_order
                    (run_id, target, kind, digest, state, plan, stop_requested_by, stop_reason, stop_now)
                values ('%s', 'default', 'MIGRATION', 'sha256:00', 'Running', '{}', %s)
                """.formatted(run, stop));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = controlPlane.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Counts the questions, and does not answer while the control plane is away. */
    private <T> T seen(Class<T> type, T real) {
        var proxy = Proxy.newProxyInstance(
                StopsIT.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        questions.incrementAndGet();
                        if (away) {
                            throw new SQLException("away");
                        }
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Connection connection ? seen(Connection.class, connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
