package io.slipway.planner;

import io.slipway.eventing.SharedServersResource;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The shared servers with a target for each test that leaves something behind, one that is down, one with a wrong password,
 * a directory for scripts, one for repositories, and a policy file.
 */
public class PlannerServersResource extends SharedServersResource {
    static final String SCRIPTS = "slipway.planner.script-directories";
    static final String POLICY = "slipway.policy.file";
    static final String REPOSITORIES = "slipway.test.repositories";

    static final int MOST_FOLLOWERS = 8;

    private static final String JDBC = "slipway.test.jdbc.";
    private static final List<String> TARGETS = List.of(
            "shop",
            "kafka",
            "keys",
            "faults",
            "turn",
            "dry",
            "current",
            "back",
            "cancel",
            "occupied",
            "moving",
            "half",
            "folder",
            "repeat",
            "fits",
            "door",
            "count",
            "before",
            "known",
            "new",
            "project",
            "git",
            "same",
            "failed",
            "resumed",
            "half-undone",
            "orders",
            "shop-test",
            "nightly",
            "forced",
            "guarded",
            "twofold",
            "expiring",
            "late",
            "busy",
            "blocked",
            "crowded",
            "stopped",
            "unguarded",
            "derived",
            "unproved",
            "halfway",
            "taken-back",
            "left-half",
            "undo-conf",
            "grouped",
            "regrouped",
            "acting",
            "unable");

    /** What the tests of the gates rely on; nothing for all other targets. */
    static final String STANDING_POLICY = """
            version: 1
            roles:
              dba: [ada, berta, carl]
            labels:
              window=nights:
                windows:
                  - name: nights
                    rrule: FREQ=DAILY
                    start: "2026-01-05T22:00"
                    zone: Europe/Berlin
                    duration: 4h
            targets:
              guarded:
                approvals:
                  - {when: {risk: high}, from: [dba]}
              twofold:
                approvals:
                  - {when: {risk: low}, from: [dba], count: 2}
              expiring:
                approvals:
                  - {when: {risk: low}, from: [dba], count: 2, expires: 24h}
              blocked:
                blocked-rules: [drop-table]
              crowded:
                limits: {queued-runs: 1}
              unguarded:
                backup: never
              taken-back:
                rollback-on-failure: true
                approvals:
                  - {when: {risk: low}, from: [dba]}
              left-half:
                rollback-on-failure: true
                derived-undo: refuse
              grouped:
                group: true
            """;

    private static final List<String> NIGHTLY = List.of("nightly", "forced", "late", "busy", "taken-back");

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        for (String target : TARGETS) {
            Database database = SharedServers.freshDatabase(target);
            config.put("slipway.targets.%s.url".formatted(target), database.url());
            config.put(
                    JDBC + target,
                    "%s?user=%s&password=%s".formatted(database.jdbcUrl(), database.user(), database.password()));
        }
        NIGHTLY.forEach(target -> config.put("slipway.targets.%s.labels.window".formatted(target), "nights"));
        config.put("slipway.targets.acting.run-as", "pg_database_owner");
        config.put("slipway.targets.acting.search-path", "public,information_schema");
        config.put("slipway.targets.unable.run-as", "no_such_role");
        Database any = SharedServers.freshDatabase("any");
        config.put("slipway.targets.down.url", "postgresql://u:hunter2@127.0.0.1:%d/db".formatted(closedPort()));
        config.put(
                "slipway.targets.locked.url",
                "postgresql://%s:hunter2@127.0.0.1:%d/%s".formatted(any.user(), any.port(), any.name()));
        config.put("slipway.planner.target-patience", "1s");
        config.put(SCRIPTS, temporary("planner-scripts").toString());
        Path repositories = temporary("planner-repositories");
        config.put(REPOSITORIES, repositories.toString());
        config.put("slipway.planner.git.test.url-prefix", "file://%s/".formatted(repositories));
        config.put(
                "slipway.planner.git-cache.directory",
                repositories.resolve("cache").toString());
        config.put(POLICY, policyFile().toString());
        config.put("slipway.policy.look-every", "50ms");
        config.put("slipway.planner.long-poll.keep-alive", "200ms");
        config.put("slipway.planner.long-poll.max-waiting", String.valueOf(MOST_FOLLOWERS));
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    /** Unpooled connections to a target, for a test that plays the executor. */
    static PGSimpleDataSource database(String target) {
        var source = new PGSimpleDataSource();
        source.setUrl(ConfigProvider.getConfig().getValue(JDBC + target, String.class));
        return source;
    }

    private static Path temporary(String name) {
        try {
            Path directory = Files.createTempDirectory(name);
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path policyFile() {
        try {
            Path file = Files.createTempFile("planner-policy", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, STANDING_POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
