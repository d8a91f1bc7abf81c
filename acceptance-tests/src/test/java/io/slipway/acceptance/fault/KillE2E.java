package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever service is killed with {@code kill -9}, and whenever: nothing is lost, and nothing is done twice. */
class KillE2E {
    private static final int ROUNDS = 8;

    /** About as long as a run of these scripts takes, so that a kill may hit any of its steps. */
    private static final int LATEST_MILLIS = 1_500;

    private static final String WAITS_FOR_HISTORY =
            "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'flyway_schema_history'::regclass";

    private static Stack stack;
    private static DisturbedRunFixture runs;

    @BeforeAll
    static void start() {
        stack = Stack.running();
        runs = DisturbedRunFixture.start(stack);
    }

    @AfterEach
    void waitUntilAllIsWellAgain() {
        stack.services().services().forEach(ServiceProcess::awaitReady);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void serviceThatIsKilledWhileAMigrationRunsLosesNothing(Service service) {
        // Given
        var target = stack.newTarget();
        var run = stack.requests().publish(runs.request(target, "2"));
        runs.awaitNap(target);

        // When
        stack.service(service).kill();
        stack.service(service).restart();

        // Then
        runs.wentAsIfUndisturbed(target, run);
    }

    @Test
    void allServicesKilledRightAfterARequestWasAcceptedRunItWhenTheyAreBack() {
        // Given
        var target = stack.newTarget();

        // When
        var run = runs.post(target, "0");
        killAndRestartAll();

        // Then
        runs.wentAsIfUndisturbed(target, run);
    }

    @Test
    void backupThatWasCutOffIsMadeAnewBeforeAnythingRuns() throws SQLException {
        // Given
        var target = stack.newTarget();
        target.sql().execute("CREATE SCHEMA elsewhere CREATE TABLE held (id int)");
        RunId run;
        try (var holder = target.database().dataSource().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE elsewhere.held IN ACCESS EXCLUSIVE MODE");
            run = stack.requests().publish(runs.request(target, "0"));
            await("pg_dump waits for the table").atMost(Duration.ofSeconds(60)).until(() -> target.sql()
                    .value(
                            "select exists (select from pg_locks where not granted and relation = 'elsewhere.held'::regclass)")
                    .equals("t"));

            // When
            stack.service(Service.BACKUP).kill();
        }
        stack.service(Service.BACKUP).restart();
        stack.events().awaitEnd(run);
        target.sql().execute("DROP SCHEMA elsewhere CASCADE");

        // Then
        runs.wentAsIfUndisturbed(target, run);
    }

    @Test
    void scriptWithoutATransactionThatWasDoneButNotYetRecordedIsNotDoneAgain() throws SQLException {
        // Given
        var target = stack.newTarget();
        var table = new ScriptFile("V1__mark.sql", "CREATE TABLE mark (script text);");
        var index = new ScriptFile("V2__index.sql", "CREATE INDEX CONCURRENTLY mark_script ON mark (script);");
        stack.events().awaitEnd(stack.requests().migrate(target, table));
        RunId run;
        try (var holder = target.database().dataSource().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE flyway_schema_history IN SHARE MODE");
            run = stack.requests().migrate(target, table, index);
            await("Flyway waits to record the script")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !target.sql().rows(WAITS_FOR_HISTORY).isEmpty());

            // When
            stack.service(Service.EXECUTOR).kill();
            // PostgreSQL would not see that the client is gone before the lock is granted.
            target.sql().value("SELECT pg_terminate_backend((%s LIMIT 1))".formatted(WAITS_FOR_HISTORY));
        }
        stack.service(Service.EXECUTOR).restart();

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(target.sql().rows("SELECT version, success FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1|t", "2|t");
        assertThat(
                        target.sql()
                                .rows(
                                        "SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'mark'::regclass"))
                .containsExactly("mark_script|t");
        assertThat(stack.events().ends(run)).hasSize(1);
    }

    @Test
    void scriptWithoutATransactionThatIsCutOffInTheMiddleOfAStatementGoesOnThere() throws SQLException {
        // Given
        var target = stack.newTarget();
        var table = new ScriptFile("V1__mark.sql", "CREATE TABLE mark (script text);");
        var index = new ScriptFile("V2__index.sql", """
                INSERT INTO mark VALUES ('before');
                CREATE INDEX CONCURRENTLY mark_script ON mark (script);
                INSERT INTO mark VALUES ('after');
                """);
        var conf = new ScriptFile("V2__index.sql.conf", "executeInTransaction=false");
        stack.events().awaitEnd(stack.requests().migrate(target, table));
        RunId run;
        try (var writer = target.database().dataSource().getConnection();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO mark VALUES ('other')");
            run = stack.requests().migrate(target, table, index, conf);
            await("the build waits for the writer")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> target.sql()
                            .value("select exists (select from pg_stat_progress_create_index where lockers_total > 0)")
                            .equals("t"));

            // When
            stack.service(Service.EXECUTOR).kill();
            stack.service(Service.EXECUTOR).restart();
        }

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(target.sql().rows("SELECT script FROM mark ORDER BY script")).containsExactly("after", "before");
        assertThat(
                        target.sql()
                                .rows(
                                        "SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'mark'::regclass"))
                .containsExactly("mark_script|t");
        assertThat(stack.events().ends(run)).hasSize(1);
    }

    @Test
    void servicesKilledAtRandomMomentsOfManyRunsLoseNothing() {
        // Given
        long seed = Long.getLong("slipway.kill.seed", System.nanoTime());
        var random = new Random(seed);
        var started = new LinkedHashMap<Target, RunId>();

        // When
        for (int round = 0; round < ROUNDS; round++) {
            var target = stack.newTarget();
            started.put(target, stack.requests().publish(runs.request(target, "0.1")));
            var victim = stack.service(Service.values()[random.nextInt(Service.values().length)]);
            var moment = CompletableFuture.delayedExecutor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
            CompletableFuture.runAsync(victim::kill, moment).join();
            victim.start();
        }

        // Then
        assertThat(started).as("-Dslipway.kill.seed=%d", seed).allSatisfy(runs::wentAsIfUndisturbed);
    }

    private static void killAndRestartAll() {
        var services = stack.services().services();
        services.forEach(ServiceProcess::kill);
        services.forEach(ServiceProcess::start);
        services.forEach(ServiceProcess::awaitReady);
    }
}
