package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.migration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.RunMode;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationPlanned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which transactions, as whom and with which search path a plan says that its scripts run. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class RunModeIT {
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");
    private static final ScriptFile V2 = file("V2__b.sql", "create table b (id int primary key);");
    private static final ScriptFile LOOSE = file("V2__a_id.sql", "create index concurrently a_id on a (id);");

    private PlannerFixture planner;

    @BeforeEach
    void open() {
        planner = new PlannerFixture();
    }

    @AfterEach
    void close() throws IOException {
        write(PlannerServersResource.STANDING_POLICY);
        planner.close();
    }

    @Test
    void groupsScriptsWherePolicySaysSoAndThereAreSeveral() {
        // When
        Plan several = planner.planOnly(migration("grouped", V1, V2));
        Plan one = planner.planOnly(migration("grouped", file("V2__x.sql", "reindex table concurrently pg_class;")));

        // Then
        assertThat(several.runMode()).isEqualTo(new RunMode(true, null, List.of()));
        assertThat(one.mode()).isNull();
    }

    @Test
    void refusesToGroupAScriptThatCannotBeInATransaction() {
        // When
        var failure =
                planner.cancelled(accepted(migration("grouped", V1, LOOSE))).failure();

        // Then
        assertThat(failure.code()).isEqualTo("GROUP_NOT_POSSIBLE");
        assertThat(failure.message()).contains("V2__a_id.sql");
    }

    @Test
    void namesTheRoleOfTheTargetAndWhereItsNamesLead() {
        assertThat(planner.planOnly(migration("acting", V1)).runMode())
                .isEqualTo(new RunMode(false, "pg_database_owner", List.of("public", "information_schema")));
    }

    @Test
    void refusesARoleThatTheTargetDoesNotLetItTakeOn() {
        // When
        var failure = planner.cancelled(accepted(migration("unable", V1))).failure();

        // Then
        assertThat(failure.code()).isEqualTo("RUN_AS_REFUSED");
        assertThat(failure.message()).contains("no_such_role");
    }

    @Test
    void plansAnewWhenThePolicyGroupsAfterwards() throws IOException {
        // Given
        RunId run = accepted(migration("regrouped", V1, V2));
        Plan first = planner.planned(run).plan();
        write(PlannerServersResource.STANDING_POLICY + "  regrouped: {group: true}\n");
        await().until(() -> given().get("/api/v1/policy?target=regrouped")
                .jsonPath()
                .getList("values.key")
                .contains("group"));

        // When
        planner.pass(run, "regrouped", first.digest());

        // Then
        Plan second = planner.events
                .await(
                        MigrationPlanned.class,
                        e -> e.runId().equals(run) && !e.plan().digest().equals(first.digest()))
                .plan();
        assertThat(first.runMode().group()).isFalse();
        assertThat(second.runMode().group()).isTrue();
    }

    private static void write(String yaml) throws IOException {
        Files.writeString(
                Path.of(ConfigProvider.getConfig().getValue(PlannerServersResource.POLICY, String.class)), yaml);
    }
}
