package io.slipway.planner;

import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.cancellation;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static io.slipway.planner.PlannerFixture.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
import io.slipway.targets.ledger.UndoLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts that failed half-way on the target, requested once more. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class ResumeIT {
    private static final String TARGET = "resumed";
    private static final String UNDONE = "half-undone";
    private static final String FIRST = "vacuum /* ${flyway:defaultSchema} */ a";
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");
    private static final ScriptFile V2 = file("V2__tidy.sql", FIRST + ";\nvacuum nothing;\n");
    private static final ScriptFile CONF = file("V2__tidy.sql.conf", "executeInTransaction=false");
    private static final ScriptFile U2 = file("U2__tidy.sql", V2.content());
    private static final ScriptFile V3 = file("V3__b.sql", "create table b (id int primary key);");

    private static final StatementRecord RAN =
            record(1, FIRST.replace("${flyway:defaultSchema}", "public"), State.DONE);
    private static final StatementRecord FAILED = record(2, "vacuum nothing", State.FAILED);

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void plansTheRestOfAScriptWhoseBeginningIsUnchanged() throws Exception {
        // Given: a history that says failed, and no ledger
        flyway(TARGET, V1);
        assertThatThrownBy(() -> flyway(TARGET, V1, V2, CONF)).isInstanceOf(FlywayException.class);
        Failure unasked = planner.refusal(migration(TARGET, V1, V2, CONF, V3));
        assertThat(unasked.code()).isEqualTo("FAILED_MIGRATION_IN_HISTORY");
        assertThat(unasked.remedy()).contains("resume");
        assertThat(planner.refusal(migration(TARGET, V1, V2, CONF, V3).resumed())
                        .code())
                .isEqualTo("RESUME_UNKNOWN");

        // When: a ledger that says how far it came, and a script that is corrected behind it
        ledger();
        ScriptFile corrected = file(V2.name(), FIRST + ";\nvacuum a;\n");
        Plan plan = planner.planOnly(migration(TARGET, V1, corrected, CONF, V3).resumed());

        // Then
        assertThat(plan.scripts()).extracting(PlannedScript::name).containsExactly("V2__tidy.sql", "V3__b.sql");
        assertThat(plan.scripts()).extracting(PlannedScript::resumesAt).containsExactly(2, null);
        assertThat(plan.scripts().getFirst().sql()).isEqualTo(corrected.content());
        assertThat(plan.warnings())
                .containsExactly(
                        "V2__tidy.sql goes on at statement 2 of 2; those before it have run and are passed over.");

        // And: not another beginning
        ScriptFile changed = file(V2.name(), "vacuum full a;\nvacuum a;\n");
        Failure refused =
                planner.refusal(migration(TARGET, V1, changed, CONF, V3).resumed());
        assertThat(refused.code()).isEqualTo("RESUME_CHANGED");
        assertThat(refused.script()).isEqualTo("V2__tidy.sql");

        // And: not what its undo script has begun to take back
        undoLedger(TARGET, U2.name(), RAN, FAILED);
        assertThat(planner.refusal(migration(TARGET, V1, corrected, CONF, V3).resumed())
                        .message())
                .contains("U2__tidy.sql has taken back a part");
    }

    @Test
    void plansTheRestOfAnUndoScriptOfWhichHalfHasRun() throws Exception {
        // Given: a version that is applied, and an undo script of another name that did nothing
        flyway(UNDONE, V1, file("V2__tidy.sql", "create table tidied (id int);"));
        undoLedger(UNDONE, "U2__untidy.sql", record(1, "vacuum nothing", State.FAILED));
        assertThat(planOnly(tidiedBack(U2).resumed()).scripts().getFirst().resumesAt())
                .isNull();

        // When: a ledger that says how far its undo script came, and one that is corrected behind it
        undoLedger(UNDONE, U2.name(), RAN, FAILED);
        ScriptFile corrected = file(U2.name(), FIRST + ";\nvacuum a;\n");
        Plan plan = planOnly(tidiedBack(corrected).resumed());

        // Then
        assertThat(plan.scripts()).extracting(PlannedScript::resumesAt).containsExactly(2);
        assertThat(plan.warnings())
                .containsExactly(
                        "U2__tidy.sql goes on at statement 2 of 2; those before it have run and are passed over.");
        assertThat(planOnly(tidiedBack(corrected)).scripts().getFirst().resumesAt())
                .isNull();

        // And: neither another beginning nor another script
        ScriptFile changed = file(U2.name(), "vacuum full a;\nvacuum a;\n");
        assertThat(planner.refusal(tidiedBack(changed).resumed()).code()).isEqualTo("RESUME_CHANGED");
        ScriptFile renamed = file("U2__untidy.sql", U2.content());
        Failure refused = planner.refusal(tidiedBack(renamed).resumed());
        assertThat(refused.code()).isEqualTo("RESUME_CHANGED");
        assertThat(refused.message()).contains("U2__tidy.sql", "U2__untidy.sql");

        // And: not once the version was applied anew, be it in the same row
        sql(UNDONE, "update flyway_schema_history set installed_on = installed_on + interval '1s' where version = '2'");
        assertThat(planOnly(tidiedBack(U2).resumed()).scripts().getFirst().resumesAt())
                .isNull();
    }

    private Plan planOnly(RollbackRequested request) {
        RunId run = accepted(request);
        Plan plan = planner.rollbackPlanned(run).plan();
        post(cancellation(UNDONE, run)).then().statusCode(202);
        return plan;
    }

    private static RollbackRequested tidiedBack(ScriptFile script) {
        return rollback(UNDONE, "-1", script, file(script.name() + ".conf", CONF.content()));
    }

    /** As the executor leaves it. */
    private static void undoLedger(String target, String script, StatementRecord... records) throws Exception {
        RunId run = RunId.random();
        try (var connection = PlannerServersResource.database(target).getConnection()) {
            var undos = new UndoLedger("public", "public.flyway_schema_history");
            undos.create(connection);
            undos.begin(connection, run, script, 2);
            statements(connection, run, script, records);
        }
    }

    private static void sql(String target, String sql) throws Exception {
        try (var connection = PlannerServersResource.database(target).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As the executor leaves it. */
    private static void ledger() throws Exception {
        RunId run = RunId.random();
        try (var connection = PlannerServersResource.database(TARGET).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table slipway_ledger (run_id uuid, script text, phase text, checksum integer,
                        recorded_at timestamptz default clock_timestamp());
                    insert into slipway_ledger (run_id, script, phase, checksum)
                    select '%s', script, 'INTENDED', checksum from flyway_schema_history where not success
                    """.formatted(run));
            statements(connection, run, V2.name(), RAN, FAILED);
        }
    }

    private static void statements(Connection connection, RunId run, String script, StatementRecord... records)
            throws SQLException {
        var ledger = new StatementLedger("public");
        ledger.create(connection);
        for (StatementRecord record : records) {
            ledger.write(connection, run, script, record);
        }
    }

    private static StatementRecord record(int number, String sql, State state) {
        return new StatementRecord(
                number, StatementRecord.hash(sql), number, state, false, 1, Instant.EPOCH, List.of(), null);
    }
}
