package io.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reader and schema, with the same files. */
class PolicyProblemsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(PolicyFixture.resource("policy.schema.json"));

    /** Whether a schema can say it: it knows no roles, no calendar, no order of two values. */
    private enum Schema {
        SEES_IT,
        CANNOT
    }

    private record Case(Schema schema, String yaml, String... problems) {
        @Override
        public String toString() {
            return String.join(" | ", problems);
        }
    }

    private static Stream<Case> bad() {
        return Stream.of(
                // the file as a whole
                new Case(Schema.SEES_IT, "targets: {}", "1:1: The policy lacks 'version'; add it."),
                new Case(Schema.SEES_IT, "version: 2", "1:10: 'version' must be 1, but is '2'."),
                new Case(Schema.SEES_IT, "[a]", "1:1: The policy must be a mapping (key: value), but is a list."),
                new Case(
                        Schema.SEES_IT,
                        "version: 1\nwindows: []",
                        "2:1: The policy has no key 'windows'; known are version, roles, defaults, environments, labels,"
                                + " targets."),
                new Case(
                        Schema.CANNOT,
                        "version: 1\ndefaults: {}\ndefaults: {}",
                        "3:1: 'defaults' stands here a second time, first in line 2; keep one of them."),
                // all problems, in the order of the file
                new Case(
                        Schema.SEES_IT,
                        """
                        version: 1
                        defaults:
                          backup: sometimes
                          window: []
                          limits: { statements: many, rows: 5 }
                          scripts: { git-only: yes }
                        """,
                        "3:11: 'backup' must be always or irreversible or never, but is 'sometimes'.",
                        "4:3: 'defaults' has no key 'window'; known are required-checks, backup, windows, freezes,"
                                + " approvals, derived-undo, rollback-on-failure, blocked-rules, limits, scripts, group.",
                        "5:25: 'statements' must be a whole number from 1 to 1000000, but is 'many'.",
                        "5:31: 'limits' has no key 'rows'; known are blocked-time, statements, queued-runs.",
                        "6:24: 'git-only' must be true or false, but is 'yes'."),
                level(
                        Schema.SEES_IT,
                        "limits.statements: 5",
                        "3:3: 'defaults' has no key 'limits.statements'; known are required-checks, backup, windows,"
                                + " freezes, approvals, derived-undo, rollback-on-failure, blocked-rules, limits,"
                                + " scripts, group."),
                level(
                        Schema.SEES_IT,
                        "backup:",
                        "3:10: 'backup' must be text (in quotes, if it looks like a number), but is empty."),
                level(Schema.CANNOT, "limits: { statements: 0x10 }", "3:25: 'statements' must be a whole number"),
                level(Schema.SEES_IT, "limits: { queued-runs: 0 }", "3:26"),
                level(
                        Schema.SEES_IT,
                        "limits: { blocked-time: 5 }",
                        "3:27: 'blocked-time' must be text (in quotes, if it looks like a number), but is '5'."),
                level(
                        Schema.SEES_IT,
                        "limits: { blocked-time: 5 seconds }",
                        "3:27: 'blocked-time' must be a duration from 0s to 1d, such as 6h or 1h30m, but is"
                                + " '5 seconds'."),
                level(
                        Schema.SEES_IT,
                        "derived-undo: always",
                        "3:17: 'derived-undo' must be refuse or approve or allow, but is 'always'."),
                level(
                        Schema.SEES_IT,
                        "rollback-on-failure: sometimes",
                        "3:24: 'rollback-on-failure' must be true or false, but is 'sometimes'."),
                level(
                        Schema.SEES_IT,
                        "blocked-rules: [Drop_Table]",
                        "3:19: 'blocked-rules' must be names such as drop-table, but one is 'Drop_Table'."),
                level(
                        Schema.SEES_IT,
                        "blocked-rules: [drop-table, drop-table]",
                        "3:31: 'blocked-rules' has 'drop-table' twice; keep one."),
                level(
                        Schema.SEES_IT,
                        "required-checks: locks",
                        "3:20: 'required-checks' must be a list ([a, b]), but is 'locks'."),
                level(
                        Schema.CANNOT,
                        "scripts: { repositories: [\"https://*.example.org/a\"] }",
                        "3:29: 'repositories' must be addresses without spaces, with * in their path at most, but one is"
                                + " 'https://*.example.org/a'."),
                // names of levels
                new Case(
                        Schema.SEES_IT,
                        "version: 1\nlabels: { payments: {} }",
                        "2:11: A key of 'labels' must be name=value, but is 'payments'."),
                new Case(
                        Schema.SEES_IT,
                        "version: 1\ntargets: { Shop: {} }",
                        "2:12: A key of 'targets' must be the name of a target (a-z, 0-9, '.', '_', '-'), but is"
                                + " 'Shop'."),
                new Case(
                        Schema.CANNOT,
                        "version: 1\nenvironments: { production: {}, Production: {} }",
                        "2:33: The environment 'Production' stands here a second time (case does not matter); keep"
                                + " one."),
                // approvals
                level(Schema.SEES_IT, "approvals: [ { when: {} } ]", "3:16: An approval lacks 'from'; add it."),
                level(
                        Schema.SEES_IT,
                        "approvals: [ { from: [] } ]",
                        "3:24: 'from' is empty, so that nobody could approve; name a role."),
                level(
                        Schema.CANNOT,
                        "approvals: [ { from: [dba] } ]",
                        "3:25: There is no role 'dba'; 'roles' has none."),
                new Case(
                        Schema.CANNOT,
                        "version: 1\ndefaults:\n  approvals: [ { from: [dba], count: 2 } ]\nroles: { dba: [berta] }",
                        "3:16: 2 people must approve, but dba together have 1; lower 'count' or add people to a role."),
                new Case(
                        Schema.SEES_IT,
                        "version: 1\nroles: { dba: [berta] }\ndefaults:\n"
                                + "  approvals: [ { from: [dba], when: { risk: extreme } } ]",
                        "4:45: 'risk' must be low or medium or high or critical, but is 'extreme'."),
                // windows and freezes
                window(
                        Schema.SEES_IT,
                        "start: 2026-01-05 22:00",
                        "6:14: 'start' must be a local time from 2000 to 2199"),
                window(Schema.CANNOT, "start: 2026-02-30T22:00", "6:14: 'start' must be a local time"),
                window(Schema.SEES_IT, "start: 1999-01-01T22:00", "6:14: 'start' must be a local time"),
                window(
                        Schema.CANNOT,
                        "zone: Berlin",
                        "7:13: 'zone' must be a time zone such as Europe/Berlin or UTC, but is 'Berlin'."),
                window(Schema.CANNOT, "duration: 32d", "8:17: 'duration' must be a duration from 1m to 31d"),
                window(Schema.CANNOT, "duration: 30s", "8:17: 'duration' must be a duration from 1m to 31d"),
                window(Schema.SEES_IT, "duration: 6hours", "8:17: 'duration' must be a duration from 1m to 31d"),
                window(Schema.SEES_IT, "name: ' '", "4:13: 'name' is empty; write a value."),
                level(
                        Schema.SEES_IT,
                        "windows: [ { name: a } ]",
                        "3:14: A window lacks 'rrule'; add it.",
                        "3:14: A window lacks 'start'; add it.",
                        "3:14: A window lacks 'zone'; add it.",
                        "3:14: A window lacks 'duration'; add it."),
                level(
                        Schema.CANNOT,
                        "windows:\n"
                                + "    - { name: a, rrule: FREQ=DAILY, start: 2026-01-05T22:00, zone: UTC, duration: 1h }\n"
                                + "    - { name: a, rrule: FREQ=DAILY, start: 2026-01-05T23:00, zone: UTC, duration: 1h }",
                        "5:7: Two windows are called 'a'; give each a name of its own."),
                level(
                        Schema.CANNOT,
                        "freezes: [ { from: 2026-01-02T00:00, to: 2026-01-01T00:00, zone: UTC, reason: x } ]",
                        "3:14: 'from' (2026-01-02T00:00) must be before 'to' (2026-01-01T00:00); correct one."),
                level(
                        Schema.SEES_IT,
                        "freezes: [ { from: 2026-01-02T00:00, to: 2026-01-03T00:00, zone: UTC } ]",
                        "3:14: A freeze lacks 'reason'; add it."));
    }

    private static Case level(Schema schema, String line, String... problems) {
        return new Case(schema, "version: 1\ndefaults:\n  " + line + "\n", problems);
    }

    /** A window that is good but for one of its lines. */
    private static Case window(Schema schema, String line, String problem) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String good = """
                version: 1
                defaults:
                  windows:
                    - name: w
                      rrule: FREQ=DAILY
                      start: 2026-01-05T22:00
                      zone: UTC
                      duration: 1h
                """;
        return new Case(schema, good.replaceFirst(key + ".*", line), problem);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void everyProblemIsReportedAtItsPlaceAndTheSchemaSeesWhatItCan(Case bad) throws JsonProcessingException {
        // When
        List<String> problems = PolicyFixture.problems(bad.yaml()).stream()
                .map(PolicyProblem::toString)
                .toList();

        // Then
        assertThat(problems)
                .hasSameSizeAs(bad.problems())
                .zipSatisfy(List.of(bad.problems()), (found, expected) -> assertThat(found)
                        .startsWith(expected));
        assertThat(SCHEMA.validate(json(bad.yaml())).isEmpty()).isEqualTo(bad.schema() == Schema.CANNOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/shop/*",
                "https://git.example.org/*/migrations-*.git",
                "ssh://git@git.example.org:2222/shop/*",
                "git@git.example.org:shop/*",
                "git@git.example.org:shop/crm.git",
                "file:///srv/git/*",
            })
    void repositoriesHaveStarsInTheirPathsOnly(String repository) {
        assertThat(PolicyFixture.defaults("scripts: { repositories: [\"%s\"] }".formatted(repository))
                        .scripts()
                        .repositories())
                .containsExactly(repository);
    }

    @Test
    void schemaAcceptsWhatTheReaderAccepts() throws JsonProcessingException {
        assertThat(SCHEMA.validate(json(PolicyFixture.GOOD))).isEmpty();
        assertThat(SCHEMA.validate(json("version: 1"))).isEmpty();
        assertThat(PolicyFixture.problems("version: 1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=SECONDLY",
                "FREQ=MINUTELY;INTERVAL=7",
                "FREQ=HOURLY",
                "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=0,15,30,45",
                "FREQ=DAILY;INTERVAL=1000000000",
                "FREQ=DAILY;COUNT=1000000000",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2",
                "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=7",
                "FREQ=DAILY;UNTIL=20250101T000000Z",
                "FREQ=DAILY;UNTIL=20260231",
                "FREQ=DAILY;COUNT=2;UNTIL=20261231",
                "RSCALE=JULIAN;FREQ=DAILY",
                "FREQ=WEEKLY;BYDAY=2MO",
                "FREQ=DAILY;BYHOUR=25",
                "BYDAY=MO",
                "every night",
            })
    void ruleThatIsNoneOrNeverOccursOrTooOftenIsRefusedAtOnce(String rule) {
        // Given
        String yaml = """
                version: 1
                defaults:
                  windows:
                    - { name: w, start: 2026-01-05T22:00, zone: Europe/Berlin, duration: 1h, rrule: "%s" }
                """.formatted(rule);

        // When
        List<PolicyProblem> problems =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> PolicyFixture.problems(yaml));

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(4);
            assertThat(problem.message()).containsAnyOf("'rrule' must be a recurrence rule", "never opens");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "version: [",
                "version: 1\n---\nversion: 1",
                "version: 1\n\ttargets: {}",
                "a: &a [*a, *b]",
                "version: 1\ntargets: &t { shop: *t }",
                "version: 1\n<<: { targets: {} }",
                "version: 1\nroles: { ? [a, b] : [c] }",
                "version: 1\nroles: !!java.net.URL [x]",
                "\u0000",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            })
    void textThatIsNoPolicyIsAProblemAndNeverAnException(String text) {
        assertThat(PolicyFixture.problems(text)).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank();
        });
    }

    @Test
    void deepNestingIsAProblem() {
        assertThat(PolicyFixture.problems("[".repeat(100_000) + "]".repeat(100_000)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("not YAML that can be read"));
    }

    @Test
    void veryLargeFileIsRefused() {
        assertThat(PolicyFixture.problems("version: 1\n" + "# nothing\n".repeat(200_000)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("2,000,011 characters"));
    }

    private static JsonNode json(String yaml) throws JsonProcessingException {
        return YAML.readTree(yaml);
    }
}
