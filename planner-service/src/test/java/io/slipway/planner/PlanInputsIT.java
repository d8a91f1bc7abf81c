package io.slipway.planner;

import static io.slipway.planner.PlannerFixture.accepted;
import static io.slipway.planner.PlannerFixture.awaitState;
import static io.slipway.planner.PlannerFixture.cancellation;
import static io.slipway.planner.PlannerFixture.counted;
import static io.slipway.planner.PlannerFixture.dryRun;
import static io.slipway.planner.PlannerFixture.file;
import static io.slipway.planner.PlannerFixture.flyway;
import static io.slipway.planner.PlannerFixture.migration;
import static io.slipway.planner.PlannerFixture.post;
import static io.slipway.planner.PlannerFixture.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.planner.scripts.GitFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes into a plan: where scripts come from, Flyway's settings, which versions, which earlier runs. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class PlanInputsIT {
    private static final ScriptFile V1 = file("V1__a.sql", "create table a (id int primary key);");
    private static final ScriptFile V2 = file("V2__b.sql", "create table b (id int primary key);");
    private static final ScriptFile V3 = file("V3__c.sql", "create table c (id int primary key);");
    private static final ScriptFile U1 = file("U1__a.sql", "drop table a;");
    private static final ScriptFile U2 = file("U2__b.sql", "drop table b;");
    private static final ScriptFile U3 = file("U3__c.sql", "drop table c;");
    private static final ScriptFile R = file("R__names.sql", "create or replace view names as select 1 as one;");

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
    void plansACommitAndKeepsToItThoughItsBranchMoves() throws Exception {
        // Given
        try (GitFixture git = new GitFixture(repositories("pinned"))) {
            String commit = git.commit("main", Map.of("db/V1__a.sql", V1.content(), "db/V2__b.sql", V2.content()));
            RunId run = accepted(git("git", git, "main"));
            MigrationPlanned first = planner.planned(run);
            assertThat(first.plan().origin()).satisfies(origin -> {
                assertThat(origin.commit()).isEqualTo(commit);
                assertThat(origin.revision()).isEqualTo("main");
            });
            assertThat(awaitState(run, "VALIDATING").jsonPath().getString("plan.origin.commit"))
                    .isEqualTo(commit);

            // When: branch and target move before the release
            git.commit("main", Map.of("db/V1__a.sql", V1.content(), "db/V2__b.sql", "select 'pushed later';"));
            flyway("git", V1);
            planner.pass(run, "git", first.plan().digest());

            // Then
            MigrationPlanned anew = planner.events.await(
                    MigrationPlanned.class,
                    e -> e.runId().equals(run)
                            && !e.plan().digest().equals(first.plan().digest()));
            assertThat(anew.plan().origin()).isEqualTo(first.plan().origin());
            assertThat(anew.plan().scripts()).singleElement().satisfies(script -> assertThat(script.sql())
                    .isEqualTo(V2.content()));
            post(cancellation("git", run)).then().statusCode(202);

            // And: a new run follows the branch
            assertThat(planner.planOnly(git("git", git, "main")).scripts())
                    .singleElement()
                    .satisfies(script -> assertThat(script.sql()).contains("pushed later"));
        }
    }

    @Test
    void refusesRepositoriesThatAreNotAllowedAndCredentialsInTheirUrls() {
        // When
        var elsewhere = new ScriptSource.Git("file:///etc/shop.git", "main", null);
        // Then
        assertThat(planner.refusal(from("git", elsewhere)).code()).isEqualTo("REPOSITORY_NOT_ALLOWED");
        String body = """
                {"target": "git", "requestedBy": "ada", "reason": "test",
                 "scripts": {"kind": "git", "repository": "https://ada:hunter2@host/shop", "revision": "main"}}
                """;
        String answer = post("git-secret", "MigrationRequested", body)
                .then()
                .statusCode(400)
                .extract()
                .asString();
        assertThat(answer).contains("credentials").doesNotContain("hunter2");
    }

    @Test
    void plansTheSameInputsToTheSameBytesWhereverTheyComeFrom() throws Exception {
        // Given
        Path allowed = Path.of(ConfigProvider.getConfig().getValue(PlannerServersResource.SCRIPTS, String.class));
        Path folder = Files.createDirectories(allowed.resolve("same"));
        ScriptFile settings =
                file("flyway.conf", "flyway.placeholders.b=2\nflyway.placeholders.a=1\nflyway.group=true");
        List<ScriptFile> files = List.of(V1, U1, V2, R, settings);
        for (ScriptFile file : files) {
            Files.writeString(folder.resolve(file.name()), file.content());
        }
        try (GitFixture git = new GitFixture(repositories("same"))) {
            git.commit(
                    "main",
                    files.stream()
                            .collect(java.util.stream.Collectors.toMap(f -> "db/" + f.name(), ScriptFile::content)));

            // When, Then
            byte[] inline = bytes(from("same", new ScriptSource.Inline(files)));
            assertThat(bytes(from("same", new ScriptSource.Inline(files.reversed()))))
                    .isEqualTo(inline);
            assertThat(bytes(from("same", new ScriptSource.Directory("same")))).isEqualTo(inline);
            assertThat(bytes(from("same", new ScriptSource.Directory("same")))).isEqualTo(inline);
            byte[] commit = bytes(git("same", git, "main"));
            assertThat(bytes(git("same", git, "main"))).isEqualTo(commit).isNotEqualTo(inline);
        }
    }

    @Test
    void countsVersionsAndLeavesRepeatablesUntilTheLastIsThere() {
        // When
        Plan one = planner.planOnly(counted("count", 1, false, R, V1, V2, V3));
        Plan all = planner.planOnly(counted("count", 3, false, R, V1, V2, V3));
        Plan more = planner.planOnly(counted("count", 9, false, R, V1, V2, V3));

        // Then
        assertThat(names(one)).containsExactly("V1__a.sql");
        assertThat(names(all)).containsExactly("V1__a.sql", "V2__b.sql", "V3__c.sql", "R__names.sql");
        assertThat(more).isEqualTo(all);

        // When: the second one, then what is repeatable only
        flyway("count", V1);
        Plan second = planner.planOnly(counted("count", 1, false, R, V1, V2, V3));
        flyway("count", V1, V2, V3);
        Plan rest = planner.planOnly(counted("count", 1, false, R, V1, V2, V3));

        // Then
        assertThat(names(second)).containsExactly("V2__b.sql");
        assertThat(names(rest)).containsExactly("R__names.sql");

        // When: a repeatable one has changed after it was applied
        flyway("count", V1, V2, V3, R);
        Plan changed = planner.planOnly(migration("count", V1, V2, V3, file("R__names.sql", "select 2;")));

        // Then
        assertThat(names(changed)).containsExactly("R__names.sql");
    }

    @Test
    void rollsBackToTheStateBeforeARun() {
        // Given
        RunId first = planner.migrate("before", V1, U1);
        RunId second = planner.migrate("before", V1, U1, V2, U2, R);
        RunId third = planner.migrate("before", V1, U1, V2, U2, R, V3, U3);

        // When
        RunId run = accepted(rollback("before", "before:" + second));

        // Then
        var planned = planner.rollbackPlanned(run);
        assertThat(names(planned.plan())).containsExactly("U3__c.sql", "U2__b.sql");
        assertThat(planned.toVersion().value()).isEqualTo("1");
        assertThat(planned.plan().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("undone with it: 3"))
                .anySatisfy(
                        warning -> assertThat(warning).contains("Repeatable").contains("names"));
        assertThat(awaitState(run, "VALIDATING").jsonPath().getList("plan.warnings"))
                .hasSize(2);
        post(cancellation("before", run)).then().statusCode(202);

        // And: what cannot be meant says why
        assertThat(planner.refusal(rollback("before", "before:" + RunId.random()))
                        .code())
                .isEqualTo("RUN_UNKNOWN");
        assertThat(planner.refusal(rollback("new", "before:" + first)).code()).isEqualTo("RUN_OF_ANOTHER_TARGET");
        assertThat(planner.refusal(rollback("before", "before:" + run)).code()).isEqualTo("RUN_APPLIED_NOTHING");

        // When: the last run is undone
        RunId back = accepted(rollback("before", "-1"));
        Plan undo = planner.rollbackPlanned(back).plan();
        planner.pass(back, "before", undo.digest());
        planner.released(back);
        planner.undone(back, "before", undo);
        awaitState(back, "ROLLED_BACK");

        // Then: its row may have come back by another run, it is not this run's any more
        assertThat(planner.refusal(rollback("before", "before:" + third))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("ALREADY_UNDONE");
            assertThat(failure.message()).contains("version 3");
        });
    }

    @Test
    void estimatesFromWhatTheSameScriptsTookOnOtherTargets() {
        // Given
        ScriptFile fast = file("V1__fast.sql", "create table fast (id int primary key);");
        assertThat(estimate(fast)).isNull();

        // When
        planner.migrate("known", fast);

        // Then: known as soon as all are, and only for the same content
        assertThat(estimate(fast)).isEqualTo(Duration.ofMillis(1));
        assertThat(estimate(fast, V2)).isNull();
        assertThat(estimate(file(fast.name(), "select 1;"))).isNull();
    }

    private Duration estimate(ScriptFile... files) {
        RunId run = accepted(dryRun("new", files));
        Duration estimate = planner.planned(run).estimate();
        assertThat(awaitState(run, "VALIDATING").jsonPath().getString("plan.estimate") == null)
                .isEqualTo(estimate == null);
        post(cancellation("new", run)).then().statusCode(202);
        return estimate;
    }

    @Test
    void honoursFlywaysSettingsBesideTheScriptsAndNamesTheOthers() {
        // Given
        ScriptFile toml = file("flyway.toml", """
                [environments.default]
                url = "jdbc:postgresql://host/db"
                password = "hunter2"
                schemas = ["shop"]
                [flyway]
                locations = ["filesystem:sql", "classpath:db/migration"]
                outOfOrder = true
                baselineVersion = "7"
                [flyway.placeholders]
                owner = "ada"
                home = "${env.HOME}"
                """);
        ScriptFile v1 = file("sql/V1__a.sql", "create table ${owner} (id int primary key);");

        // When
        Plan plan = planner.planOnly(dryRun("project", toml, v1, file("other/V2__b.sql", "select 2;")));

        // Then
        assertThat(names(plan)).containsExactly("V1__a.sql");
        assertThat(plan.settings()).isEqualTo(new FlywaySettings(Map.of("owner", "ada"), List.of("shop"), true, null));
        assertThat(plan.warnings()).hasSize(2);
        assertThat(plan.warnings().toString())
                .contains("classpath:db/migration", "environments.default.password", "flyway.baselineVersion")
                .contains("flyway.placeholders.home")
                .doesNotContain("hunter2");
        assertThat(plan.intact()).isTrue();

        // When: the request says otherwise
        var asked = new FlywaySettings(Map.of("owner", "bob"), List.of("public"), false, null);
        Plan own =
                planner.planOnly(migration("project", new ScriptSource.Inline(List.of(toml, v1)), null, asked, true));

        // Then
        assertThat(own.settings().placeholders()).containsEntry("owner", "bob");
        assertThat(own.settings().schemas()).containsExactly("public");
        assertThat(planner.refusal(dryRun("project", file("flyway.toml", "password = hunter2\n["), v1)))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("SETTINGS_UNREADABLE");
                    assertThat(failure.message()).contains("line 1").doesNotContain("hunter2");
                });
    }

    @Test
    void takesSettingsOfAScriptAndOutOfOrderVersionsAndUndoneOnes() throws Exception {
        // Given: version 1 and 3 applied, 3 taken back as Slipway records it
        flyway("failed", V1, V3);
        execute("failed", """
                insert into flyway_schema_history
                select installed_rank + 1, version, description, 'DELETE', script, null, installed_by, now(), 0, true
                from flyway_schema_history where version = '3'
                """);
        ScriptFile conf = file("V2__b.sql.conf", "executeInTransaction=false");

        // When
        Plan undone = planner.planOnly(migration("failed", V1, V2, conf, V3));

        // Then
        assertThat(names(undone)).containsExactly("V2__b.sql", "V3__c.sql");
        assertThat(undone.scripts().getFirst().transactional()).isFalse();
        assertThat(undone.scripts().getFirst().sqlConf()).isEqualTo(conf.content());

        // When: version 3 is there again
        execute("failed", "delete from flyway_schema_history where type = 'DELETE'");
        var outOfOrder = new FlywaySettings(Map.of(), List.of(), true, null);
        Plan late = planner.planOnly(
                migration("failed", new ScriptSource.Inline(List.of(V1, V2, V3)), null, outOfOrder, true));

        // Then
        assertThat(names(late)).containsExactly("V2__b.sql");

        // When: it failed half-way
        execute("failed", "update flyway_schema_history set success = false where version = '3'");

        // Then
        assertThat(planner.refusal(migration("failed", V1, V3)).code()).isEqualTo("FAILED_MIGRATION_IN_HISTORY");
        assertThat(planner.refusal(rollback("failed", "-1")).message()).contains("version 3 ('V3__c.sql'");
    }

    @Test
    void plansAScriptInBatchesAsOneWithoutATransactionWhateverElseItSays() {
        // Given
        String marker = "-- slipway: Batch table=a\n";
        ScriptFile marked = file("V2__b.sql", marker + "update a set id = id;");
        ScriptFile conf = file("V2__b.sql.conf", "executeInTransaction=true");

        // When
        Plan plan = planner.planOnly(migration("same", V1, marked, conf));

        // Then
        assertThat(plan.scripts()).extracting(PlannedScript::batch).containsExactly(false, true);
        assertThat(plan.scripts()).extracting(PlannedScript::transactional).containsExactly(true, false);
        assertThat(plan.intact()).isTrue();
    }

    private static void execute(String target, String sql) throws Exception {
        try (var connection = PlannerServersResource.database(target).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private byte[] bytes(MigrationRequested request) throws JsonProcessingException {
        return EventJson.mapper().writeValueAsBytes(planner.planOnly(request));
    }

    private static Path repositories(String name) throws Exception {
        Path all = Path.of(ConfigProvider.getConfig().getValue(PlannerServersResource.REPOSITORIES, String.class));
        return Files.createTempDirectory(all, name);
    }

    private static MigrationRequested git(String target, GitFixture git, String revision) {
        return from(target, new ScriptSource.Git(git.url(), revision, "db"));
    }

    private static MigrationRequested from(String target, ScriptSource source) {
        return migration(target, source, null, FlywaySettings.DEFAULTS, false);
    }

    private static List<String> names(Plan plan) {
        return plan.scripts().stream().map(PlannedScript::name).toList();
    }
}
