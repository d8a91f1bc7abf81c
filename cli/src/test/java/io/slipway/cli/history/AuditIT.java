package io.slipway.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.CommandFixture;
import io.slipway.cli.ServiceFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the audit service and of all services' health, and how the answers look. */
class AuditIT {
    private static final String RUNS = """
            {"runs": [
              {"id": "00000000-0000-0000-0000-000000000003", "target": "shop", "kind": "MIGRATION", "state": "EXECUTING",
               "requestedBy": "anna", "reason": "Release", "dryRun": false, "force": false, "digest": "d",
               "fromVersion": "4.0", "toVersion": "4.2", "tablesModified": [], "createdAt": "2026-03-14T22:15:00Z",
               "revision": 5},
              {"id": "00000000-0000-0000-0000-000000000002", "target": "shop", "kind": "MIGRATION", "state": "ENDED",
               "outcome": "REFUSED", "stateLeft": "UNCHANGED", "dryRun": false, "force": false, "tablesModified": [],
               "createdAt": "2026-03-14T21:15:00Z", "durationMs": 812, "revision": 4},
              {"id": "00000000-0000-0000-0000-000000000001", "target": "shop", "kind": "MIGRATION", "state": "ENDED",
               "outcome": "APPLIED", "requestedBy": "bert", "reason": "First", "dryRun": false, "force": false,
               "digest": "c", "toVersion": "4.0", "tablesModified": [], "createdAt": "2026-03-13T21:15:00Z",
               "durationMs": 2400, "revision": 9}
            ]}""";
    private static final String HISTORY = """
            {"target": "shop", "entries": [
              {"what": "FAILED", "at": "2026-03-14T22:15:00Z", "run": "00000000-0000-0000-0000-000000000002",
               "requestedBy": "anna", "error": "LOCK_TIMEOUT: waited 5 s", "tablesModified": []},
              {"what": "APPLIED", "at": "2026-03-13T21:15:00Z", "run": "00000000-0000-0000-0000-000000000001",
               "version": "4.0", "description": "add orders", "script": "V4.0__add_orders.sql", "rowsAffected": 12,
               "tablesModified": ["shop.orders"], "tookMs": 31, "requestedBy": "bert", "reason": "First"}
            ]}""";

    @TempDir
    private Path directory;

    private final ServiceFixture audit = new ServiceFixture();

    @AfterEach
    void stop() {
        audit.close();
    }

    @Test
    void statusShowsTheVersionWhatIsUnderWayAndTheLastRuns() {
        // Given
        audit.on("GET /api/v1/runs", 200, RUNS);

        // When
        CommandFixture ran = run("status", "--target=shop", "--limit=3");
        CommandFixture json = run("status", "--target=shop", "--json");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("shop: version 4.0\nUnder way: run 00000000-0000-0000-0000-000000000003, EXECUTING since")
                .contains("REFUSED", "812 ms", "bert");
        assertThat(json.json().get("currentVersion").asText()).isEqualTo("4.0");
        assertThat(json.json().get("underWay").asInt()).isEqualTo(1);
        assertThat(json.json().get("runs").size()).isEqualTo(3);
        assertThat(audit.asked().getFirst().uri()).isEqualTo("/api/v1/runs?target=shop&limit=3");
    }

    @Test
    void statusOfATargetWithoutRunsSaysSo() {
        // Given
        audit.on("GET /api/v1/runs", 200, "{\"runs\": []}");

        // When
        CommandFixture ran = run("status");

        // Then
        assertThat(ran.out()).isEqualTo("default: no run yet\nUnder way: none\n");
    }

    @Test
    void historyShowsWhatWasDoneFailedAttemptsIncluded() {
        // Given
        audit.on("GET /api/v1/targets/shop/history", 200, HISTORY);

        // When
        CommandFixture ran = run("history", "--target=shop");
        CommandFixture json = run("history", "--target=shop", "--json");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.out()).contains("LOCK_TIMEOUT: waited 5 s", "add orders", "shop.orders", "31 ms");
        assertThat(json.json().get("entries").size()).isEqualTo(2);
    }

    @Test
    void historyOfATargetThatNobodyNamedIsEmpty() {
        // When
        CommandFixture ran = run("history");
        CommandFixture json = run("history", "--json");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("Nothing was done to 'default' yet.\n");
        assertThat(json.json().get("entries").isEmpty()).isTrue();
    }

    @Test
    void healthNamesWhoIsDownAndWhy() {
        // Given
        audit.on("GET /q/health", 503, """
                {"status": "DOWN", "checks": [{"name": "control plane", "status": "DOWN", "data": {"error": "refused"}},
                                              {"name": "kafka", "status": "UP"}]}""");

        // When
        CommandFixture ran = run("health");
        CommandFixture json = run("health", "--json");

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("audit      DOWN  " + audit.address(), "control plane {\"error\":\"refused\"}");
        assertThat(json.json().get("status").asText()).isEqualTo("DOWN");
        assertThat(json.json().get("services").size()).isEqualTo(5);
    }

    @Test
    void healthIsFineWhenAllServicesAreUp() {
        // Given
        audit.on("GET /q/health", 200, "{\"status\": \"UP\", \"checks\": []}");
        Map<String, String> all = Map.of(
                "SLIPWAY_PLANNER", audit.address(),
                "SLIPWAY_VALIDATOR", audit.address(),
                "SLIPWAY_BACKUP", audit.address(),
                "SLIPWAY_EXECUTOR", audit.address(),
                "SLIPWAY_AUDIT", audit.address());

        // When
        CommandFixture ran = CommandFixture.run(directory, all, "health");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).hasSize(5).allMatch(line -> line.contains("UP"));
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        // When
        CommandFixture ran = run("--help");
        CommandFixture version = run("--version");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("up", "status", "history", "rollback", "health", "Exit codes:", "stopped waiting");
        assertThat(version.out()).matches("slipway \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    }

    private CommandFixture run(String... args) {
        return CommandFixture.run(directory, Map.of("SLIPWAY_AUDIT", audit.address()), args);
    }
}
