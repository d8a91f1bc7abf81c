package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy file of a planner that runs. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class PolicyIT {
    private static final String GOOD = """
            version: 1
            environments:
              development: { backup: irreversible }
            targets:
              down:
                limits: { statements: 7 }
                windows:
                  - name: past
                    rrule: FREQ=DAILY;COUNT=1
                    start: 2020-01-01T00:00
                    zone: UTC
                    duration: 1h
            """;

    @AfterEach
    void demandNothing() throws IOException {
        write(PlannerServersResource.STANDING_POLICY);
        policy(found -> found.getList("values").isEmpty());
    }

    @Test
    void newVersionIsInForceWithoutARestartAndABrokenOneLeavesItThere() throws IOException {
        // Given
        write(GOOD);
        JsonPath good = policy(found -> found.getList("values").size() == 3);

        // When
        write(GOOD.replace("backup: irreversible", "backup: sometimes"));
        JsonPath broken = policy(found -> !found.getList("problems").isEmpty());

        // Then
        assertThat(good.getString("environment")).isEqualTo("development");
        assertThat(good.getList("values.key")).isEqualTo(List.of("backup", "windows", "limits.statements"));
        assertThat(good.getList("values.level"))
                .isEqualTo(List.of("environments.development", "targets.down", "targets.down"));
        assertThat(good.getList("values.line")).isEqualTo(List.of(3, 8, 6));
        assertThat(good.getBoolean("window.open")).isFalse();
        assertThat(good.getString("window.why")).isEqualTo("outside of window 'past'; nothing opens within 370 days");
        assertThat(broken.getList("values")).isEqualTo(good.getList("values"));
        assertThat(broken.getInt("problems[0].line")).isEqualTo(3);
        assertThat(broken.getInt("problems[0].column")).isEqualTo(26);
        given().get("/q/metrics").then().body(containsString("slipway_policy_broken 1.0"));
        given().get("/q/health/ready")
                .then()
                .body("checks.findAll { it.name == 'policy' }.status", hasItem("UP"))
                .body(
                        "checks.findAll { it.name == 'policy' }.data.broken",
                        hasItem("1 problem(s), the first in line 3, column 26"));
    }

    @Test
    void asksForATargetThatThereIs() {
        given().get("/api/v1/policy?target=nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("UNKNOWN_TARGET"));
        given().get("/api/v1/policy").then().statusCode(400).body("detail", not(equalTo("")));
        given().get("/api/v1/policy?target=No%20Name").then().statusCode(400);
    }

    private static void write(String yaml) throws IOException {
        Files.writeString(
                Path.of(ConfigProvider.getConfig().getValue(PlannerServersResource.POLICY, String.class)), yaml);
    }

    private static JsonPath policy(Predicate<JsonPath> as) {
        return await().until(
                        () -> given().get("/api/v1/policy?target=down")
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        as);
    }
}
