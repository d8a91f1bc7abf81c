package io.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Backup;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.Fact;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.EventProbe;
import io.slipway.targets.flyway.ScriptResources;
import io.slipway.targets.flyway.TargetStates;
import io.slipway.targets.pool.TargetPools;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The other services and the target around an execution: says their facts, and looks at what came of it. */
abstract class ExecutionFixture {
    static final TargetId TARGET = new TargetId("default");

    /** As Flyway takes it; the number is "Flyway" in bytes. */
    static final String HISTORY_LOCK = "select pg_advisory_xact_lock(%d)"
            .formatted(0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode());

    @Inject
    TargetPools pools;

    final EventProbe probe = EventProbe.connect();
    final RunId run = RunId.random();

    /** How often Kafka delivers each fact that is said. */
    int deliveries = 1;

    @BeforeEach
    void emptyTheTarget() {
        sql("drop schema public cascade");
        sql("create schema public");
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    <E extends RunEnded> E execute(Plan plan, Class<E> end) {
        announce(run, plan);
        return ended(end);
    }

    /** For a second run within a test. */
    <E extends RunEnded> E execute(RunId runId, Plan plan, Class<E> end) {
        announce(runId, plan);
        return ended(runId, end);
    }

    <E extends RunEnded> E ended(Class<E> end) {
        return ended(run, end);
    }

    private <E extends RunEnded> E ended(RunId runId, Class<E> end) {
        RunEnded ended = probe.await(RunEnded.class, fact -> fact.runId().equals(runId));
        assertThat(ended).isInstanceOf(end);
        return end.cast(ended);
    }

    void announce(RunId runId, Plan plan) {
        announce(runId, TARGET, plan);
    }

    void announce(RunId runId, TargetId target, Plan plan) {
        release(runId, target, plan);
        backedUp(runId, target, plan);
    }

    /** As far as the backup, which is still being made. */
    void release(RunId runId, Plan plan) {
        release(runId, TARGET, plan);
    }

    private void release(RunId runId, TargetId target, Plan plan) {
        Fact planned = plan.kind() == Plan.Kind.MIGRATION
                ? new MigrationPlanned(runId, target, plan, "request", false, false, "ada", "test", null)
                : new RollbackPlanned(
                        runId, target, plan, new MigrationVersion("1"), "request", false, false, "ada", "test", null);
        say(planned);
        say(new ValidationPassed(runId, target, plan.digest(), PlanFixture.nothingToSay()));
        say(new RunReleased(runId, target, plan.digest(), plan.kind(), List.of()));
    }

    void backedUp(RunId runId, Plan plan) {
        backedUp(runId, TARGET, plan);
    }

    private void backedUp(RunId runId, TargetId target, Plan plan) {
        var backup = new Backup("file:/backups/x.dump", 1, "0".repeat(64), 1, "pg_dump 15", Duration.ofMillis(1));
        say(new BackupCompleted(runId, target, plan.digest(), backup));
    }

    private void say(Fact fact) {
        var envelope = probe.envelope(fact);
        for (int delivery = 0; delivery < deliveries; delivery++) {
            probe.publish(Topics.EVENTS, envelope, fact);
        }
    }

    <E extends RunFact> List<E> facts(Class<E> type) {
        return probe.on(Topics.EVENTS)
                .map(EventProbe.Received::event)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(fact -> fact.runId().equals(run))
                .toList();
    }

    Plan plan(PlannedScript... scripts) {
        return Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(scripts), state());
    }

    Plan rollback(PlannedScript... scripts) {
        return Plan.of(Plan.Kind.ROLLBACK, FlywaySettings.DEFAULTS, List.of(scripts), state());
    }

    Plan group(PlannedScript... scripts) {
        var mode = new RunMode(true, null, List.of());
        return Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(scripts), state(), null, List.of(), mode);
    }

    private TargetState state() {
        try {
            return TargetStates.read(pools.writer(TARGET), FlywaySettings.DEFAULTS);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static PlannedScript script(String version, String description, String sql) {
        return planned(PlannedScript.Kind.VERSIONED, "V", version, description, sql, true);
    }

    static PlannedScript outsideTransaction(String version, String description, String sql) {
        return planned(PlannedScript.Kind.VERSIONED, "V", version, description, sql, false);
    }

    static PlannedScript inBatches(String version, String description, String sql) {
        return planned(PlannedScript.Kind.VERSIONED, "V", version, description, sql, false, null)
                .inBatches();
    }

    static PlannedScript undoInBatches(String version, String description, String sql) {
        return planned(PlannedScript.Kind.UNDO, "U", version, description, sql, false, null)
                .inBatches();
    }

    static PlannedScript undo(String version, String description, String sql) {
        return planned(PlannedScript.Kind.UNDO, "U", version, description, sql, true);
    }

    static PlannedScript undoOutsideTransaction(String version, String description, String sql) {
        return planned(PlannedScript.Kind.UNDO, "U", version, description, sql, false);
    }

    private static PlannedScript planned(
            PlannedScript.Kind kind,
            String prefix,
            String version,
            String description,
            String sql,
            boolean transactional) {
        String conf = transactional ? null : "executeInTransaction=false";
        return planned(kind, prefix, version, description, sql, transactional, conf);
    }

    private static PlannedScript planned(
            PlannedScript.Kind kind,
            String prefix,
            String version,
            String description,
            String sql,
            boolean transactional,
            @Nullable String conf) {
        String name = prefix + version + "__" + description + ".sql";
        return new PlannedScript(
                kind, new MigrationVersion(version), description, name, null, transactional, sql, conf, null);
    }

    Flyway plainFlyway(Map<String, String> scripts) {
        List<ScriptFile> files = new ArrayList<>();
        scripts.forEach((name, sql) -> files.add(new ScriptFile(name, sql)));
        return Flyway.configure()
                .dataSource(pools.writer(TARGET))
                .resourceProvider(new ScriptResources(files))
                .locations(new String[0])
                .load();
    }

    /** For a look at the target, and for what others do there. */
    Connection outside() throws SQLException {
        return pools.writer(TARGET).getConnection();
    }

    void sql(String statement) {
        try (var connection = outside();
                var execution = connection.createStatement()) {
            execution.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String query(String query) {
        try (var connection = outside();
                var execution = connection.createStatement();
                var row = execution.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
