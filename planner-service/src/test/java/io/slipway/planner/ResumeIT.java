package io.slipway.planner;

import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.targets.ledger.StatementLedger;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
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
    private static final String FIRST = "vacuum /* ${flyway:defaultSchema} */ a";
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");
    private static final ScriptFile V2 = file("V2__tidy.sql", FIRST + ";\nvacuum nothing;\n");
    private static final ScriptFile CONF = file("V2__tidy.sql.conf", "executeInTransaction=false");
    private static final ScriptFile V3 = file("V3__b.sql", "create table b (id int primary key);");

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
            var ledger = new StatementLedger("public");
            ledger.create(connection);
            String first = FIRST.replace("${flyway:defaultSchema}", "public");
            ledger.write(connection, run, V2.name(), record(1, first, State.DONE));
            ledger.write(connection, run, V2.name(), record(2, "vacuum nothing", State.FAILED));
        }
    }

    private static StatementRecord record(int number, String sql, State state) {
        return new StatementRecord(
                number, StatementRecord.hash(sql), number, state, false, 1, Instant.EPOCH, List.of(), null);
    }
}
