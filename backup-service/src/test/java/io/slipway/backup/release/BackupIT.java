package io.slipway.backup.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
@WithTestResource(BackupTargetsResource.class)
class BackupIT {
    @Inject
    DataSource database;

    private EventProbe probe;

    @BeforeEach
    void connect() {
        probe = EventProbe.connect();
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void backsAReleasedRunUp() throws Exception {
        // Given
        RunReleased released = released("default");

        // When
        probe.publish(Topics.EVENTS, released);

        // Then
        BackupCompleted completed = completed(released);
        Path file = Path.of(URI.create(completed.backup().location()));
        assertThat(completed.plan()).isEqualTo(released.plan());
        assertThat(file).hasSize(completed.backup().sizeBytes());
        assertThat(sha256(file)).isEqualTo(completed.backup().sha256());
        given().queryParam("target", "default")
                .when()
                .get("/api/v1/backups")
                .then()
                .statusCode(200)
                .body("target", everyItem(is("default")))
                .body("[0].runId", is(released.runId().toString()))
                .body("[0].sha256", is(completed.backup().sha256()));
    }

    @Test
    void makesOneBackupHoweverOftenARunIsReleased() {
        // Given
        RunReleased released = released("repeated");
        RunReleased second = released("repeated");
        RunReleased last = released("repeated");

        // When
        probe.publish(Topics.EVENTS, released);
        probe.publish(Topics.EVENTS, released);
        completed(released);
        probe.publish(Topics.EVENTS, released);
        probe.publish(Topics.EVENTS, second);
        completed(second);

        // Then: no task is left, and whatever one of them said is on the topic before the fact about the last run
        await().untilAsserted(() -> assertThat(tasksLeft()).isZero());
        probe.publish(Topics.EVENTS, last);
        completed(last);
        assertThat(probe.on(Topics.EVENTS)
                        .filter(received -> received.event() instanceof RunFact fact
                                && !(fact instanceof RunReleased)
                                && fact.runId().equals(released.runId())))
                .hasSize(1);
    }

    @Test
    void keepsTheNewestDumpsOfATargetOnly() {
        // Given
        List<RunReleased> runs = List.of(released("kept"), released("kept"), released("kept"));

        // When
        List<Path> files = runs.stream()
                .map(run -> {
                    probe.publish(Topics.EVENTS, run);
                    return Path.of(URI.create(completed(run).backup().location()));
                })
                .toList();

        // Then
        await().untilAsserted(() -> assertThat(files.get(0)).doesNotExist());
        assertThat(files.get(1)).exists();
        assertThat(files.get(2)).exists();
        await().untilAsserted(() -> given().queryParam("target", "kept")
                .when()
                .get("/api/v1/backups")
                .then()
                .body("size()", is(3))
                .body("findAll { it.removed != null }.size()", is(1)));
    }

    @Test
    void failsAtOnceWithAWrongPassword() {
        // Given
        RunReleased released = released("wrong-password");

        // When
        probe.publish(Topics.EVENTS, released);

        // Then
        BackupFailed failed = failed(released);
        assertThat(failed.failure().code()).isEqualTo("TARGET_AUTHENTICATION_FAILED");
        assertThat(failed.failure().toString()).doesNotContain(BackupTargetsResource.WRONG_PASSWORD);
    }

    @Test
    void givesUpAfterItsAttemptsOnATargetThatIsDown() {
        // Given
        RunReleased released = released("down");

        // When
        probe.publish(Topics.EVENTS, released);

        // Then
        assertThat(failed(released).failure().code()).isEqualTo("TARGET_REFUSED");
    }

    @Test
    void refusesATargetThatNobodyConfigured() {
        // Given
        RunReleased released = released("never-heard-of");

        // When
        probe.publish(Topics.EVENTS, released);

        // Then
        assertThat(failed(released).failure().code()).isEqualTo("TARGET_UNKNOWN");
    }

    @Test
    void skipsTheBackupWhereTheConfigurationSaysSo() {
        // Given
        RunReleased byTarget = released("switched-off");
        RunReleased byEnvironment = released("scratch");

        // When
        probe.publish(Topics.EVENTS, byTarget);
        probe.publish(Topics.EVENTS, byEnvironment);

        // Then
        assertThat(skipped(byTarget).why()).contains("switched-off");
        assertThat(skipped(byEnvironment).why()).contains("environments");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        given().queryParam("target", "No Such Name")
                .when()
                .get("/api/v1/backups")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", is(400))
                .body("detail", containsString("No Such Name"));
        given().queryParam("limit", 0)
                .when()
                .get("/api/v1/backups")
                .then()
                .statusCode(400)
                .body("detail", containsString("1 to 500"));
    }

    private BackupCompleted completed(RunReleased released) {
        return probe.await(BackupCompleted.class, completed -> completed.runId().equals(released.runId()));
    }

    private BackupFailed failed(RunReleased released) {
        return probe.await(BackupFailed.class, failed -> failed.runId().equals(released.runId()));
    }

    private BackupSkipped skipped(RunReleased released) {
        return probe.await(BackupSkipped.class, skipped -> skipped.runId().equals(released.runId()));
    }

    @Test
    void backsUpASwitchedOffTargetWhenPolicyRequiresIt() {
        // Given
        RunReleased plain = released("switched-off");
        RunReleased irreversible = new RunReleased(
                plain.runId(),
                plain.target(),
                plain.plan(),
                plain.kind(),
                List.of(),
                List.of(),
                RunReleased.Backup.REQUIRED);

        // When
        probe.publish(Topics.EVENTS, irreversible);

        // Then
        assertThat(completed(irreversible).backup().sizeBytes()).isPositive();
    }

    private int tasksLeft() throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'backup'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static RunReleased released(String target) {
        return new RunReleased(
                RunId.random(),
                new TargetId(target),
                new PlanDigest("sha256:" + "0123456789abcdef".repeat(4)),
                Plan.Kind.MIGRATION,
                List.of());
    }

    private static String sha256(Path file) throws IOException, java.security.NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
