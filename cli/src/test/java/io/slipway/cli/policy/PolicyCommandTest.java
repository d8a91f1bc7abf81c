package io.slipway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.CommandFixture;
import io.slipway.cli.ServiceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    private static final String GOOD = """
            version: 1
            defaults:
              backup: always
            environments:
              production:
                windows:
                  - name: past
                    rrule: FREQ=DAILY;COUNT=1
                    start: 2020-01-01T00:00
                    zone: UTC
                    duration: 1h
            labels:
              team=payments: { backup: irreversible }
            """;

    @TempDir
    Path folder;

    @Test
    void checkIsContentWithAGoodFile() throws IOException {
        // Given
        write(GOOD);

        // When
        CommandFixture run = run("policy", "check", "policy.yaml");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("policy.yaml: can be used.\n");
    }

    @Test
    void checkSaysEachProblemLikeACompiler() throws IOException {
        // Given
        write("version: 1\ndefaults:\n  backup: sometimes\n  window: []\n");

        // When
        CommandFixture run = run("policy", "check", "policy.yaml");
        CommandFixture json = run("policy", "check", "policy.yaml", "--json");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out().lines())
                .hasSize(2)
                .contains("policy.yaml:3:11: 'backup' must be always or irreversible or never, but is 'sometimes'.")
                .anyMatch(line -> line.startsWith("policy.yaml:4:3: 'defaults' has no key 'window'"));
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(json.json().path("exitCode").asInt()).isEqualTo(2);
        assertThat(json.json().at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(json.json().at("/problems/0/column").asInt()).isEqualTo(11);
    }

    @Test
    void checkWarnsOfRulesAndChecksThatThereAreNot() throws IOException {
        // Given
        write("""
                version: 1
                defaults:
                  blocked-rules: [drop-column, drop-colunm, rehearsal-failed, unresolved-placeholder, plan-not-judged]
                  required-checks: [disk-space, disc-space, target-answers]
                """);

        // When
        CommandFixture run = run("policy", "check", "policy.yaml");
        CommandFixture json = run("policy", "check", "policy.yaml", "--json");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                policy.yaml:3:32: warning: 'drop-colunm' is none of the rules that 'slipway rules' lists, nor a finding of the validator; is it spelled right?
                policy.yaml:4:33: warning: 'disc-space' is none of the validator's checks; is it spelled right?
                policy.yaml: can be used.
                """);
        assertThat(json.json().path("warnings")).hasSize(2);
        assertThat(json.json().path("problems")).isEmpty();
    }

    @Test
    void fileThatIsNotThereIsUnreadableInputAndAMissingNameWrongUsage() {
        assertThat(run("policy", "check", "missing.yaml").exitCode()).isEqualTo(66);
        assertThat(run("policy", "explain", "missing.yaml").exitCode()).isEqualTo(66);
        assertThat(run("policy", "check").exitCode()).isEqualTo(64);
        assertThat(run("policy").exitCode()).isEqualTo(64);
    }

    @Test
    void explainShowsWhatAppliesAndFromWhere() throws IOException {
        // Given
        write(GOOD);

        // When
        CommandFixture run = run(
                "policy",
                "explain",
                "policy.yaml",
                "--target",
                "shop",
                "--environment",
                "production",
                "--label",
                "team=payments",
                "--label",
                "tier=gold");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                policy.yaml for target shop in environment production
                backup                irreversible
                                      labels.team=payments, policy.yaml:13
                windows               past: FREQ=DAILY;COUNT=1 from 2020-01-01T00:00 for 1h, UTC
                                      environments.production, policy.yaml:7
                now closed: outside of window 'past'; nothing opens within 370 days
                """);
    }

    @Test
    void explainOfAWrongFileNamesTheFirstProblem() throws IOException {
        // Given
        write("version: 2\n");

        // When
        CommandFixture run = run("policy", "explain", "policy.yaml");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("policy.yaml:1:10: 'version' must be");
    }

    @Test
    void explainWithoutAFileAsksThePlannerForThePolicyInForce() {
        try (var planner = new ServiceFixture()) {
            // Given
            planner.on("GET /api/v1/policy", 200, """
                    {"target": "shop", "environment": "production", "labels": {}, "file": "/etc/slipway/policy.yaml",
                     "values": [{"key": "backup", "value": "always", "level": "defaults", "line": 3}],
                     "window": {"open": true},
                     "problems": [{"line": 4, "column": 2, "message": "No."}]}
                    """);

            // When
            CommandFixture run = run("policy", "explain", "--target", "shop", "--planner", planner.address());
            CommandFixture withLabel = run("policy", "explain", "--label", "a=b", "--planner", planner.address());

            // Then
            assertThat(run.out()).isEqualTo("""
                    /etc/slipway/policy.yaml for target shop in environment production
                    backup                always
                                          defaults, /etc/slipway/policy.yaml:3
                    now open
                    not in force, the file is broken: /etc/slipway/policy.yaml:4:2: No.
                    """);
            assertThat(planner.asked()).singleElement().satisfies(asked -> assertThat(asked.uri())
                    .isEqualTo("/api/v1/policy?target=shop"));
            assertThat(withLabel.exitCode()).isEqualTo(64);
        }
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), yaml);
    }

    private CommandFixture run(String... args) {
        return CommandFixture.run(folder, Map.of(), args);
    }
}
