package io.slipway.acceptance.stack;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.supervise.Port;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.StackConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the services of the trials are told: their targets, and how soon they take up what a killed one left. */
final class StackSettings {
    /** The target whose runs policy lets nobody but berta approve. */
    static final String GUARDED = "guarded";

    /** The target whose migrations are taken back when they fail half-way. */
    static final String REVERTED = "reverted";

    /** The target that bears an idle transaction for ten seconds only, the least that may be asked for. */
    static final String IMPATIENT = "impatient";

    static final String POLICY = """
            version: 1
            roles: {dba: [berta]}
            targets:
              guarded:
                approvals:
                  - {when: {risk: low}, from: [dba]}
              reverted:
                rollback-on-failure: true
            """;
    private static final int TARGETS = 60;
    private static final int HURRIED_TARGETS = 8;
    private static final String HURRIED = "hurried";
    private static final int FAULTY_TARGETS = 4;
    private static final String FAULTY = "faulty";

    private StackSettings() {}

    static StackConfig in(Path home, PostgresServer targetServer) {
        var config = StackConfig.kept(Checkout.locate(), home.resolve(".slipway"))
                .withKafkaPort(new Port.Any())
                .withPostgresPort(new Port.Any())
                .withSetting(
                        "slipway.planner.script-directories",
                        home.resolve("scripts").toString())
                .withSetting("slipway.planner.target-patience", "5s")
                .withSetting("slipway.policy.file", home.resolve("policy.yaml").toString())
                .withTarget(GUARDED, targetServer.url(GUARDED))
                .withTarget(REVERTED, targetServer.url(REVERTED))
                .withTarget(IMPATIENT, targetServer.url(IMPATIENT))
                .withSetting("slipway.targets.impatient.idle-in-transaction-timeout", "10s")
                .withSetting(
                        "slipway.backup.pg-dump", home.resolve("bin/pg_dump").toString())
                .withTarget(Stack.DOWN.name(), "postgresql://postgres:secret@127.0.0.1:1/nobody")
                .withTarget(
                        Stack.WRONG_PASSWORD.name(),
                        new Database(
                                        targetServer.host(),
                                        targetServer.port(),
                                        "postgres",
                                        "postgres",
                                        "not-the-password")
                                .url());
        for (var service : Service.values()) {
            config = config.withPort(service, new Port.Any());
        }
        for (int number = 1; number <= TARGETS; number++) {
            config = config.withTarget(name(number), targetServer.url(name(number)))
                    .withSetting("slipway.targets." + name(number) + ".pool.write.idle-timeout", "20s");
        }
        return hurried(
                quick(config.withSetting("slipway.validator.rehearsal.environments", "development")), targetServer);
    }

    /** What a killed service leaves behind is taken up by others after about half of the usual time. */
    private static StackConfig quick(StackConfig config) {
        return config.withSetting("slipway.tasks.heartbeat-interval", "500ms")
                .withSetting("mp.messaging.connector.smallrye-kafka.session.timeout.ms", "3000")
                .withSetting("mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms", "750");
    }

    /** Targets whose runs make no backup and no rehearsal, for trials of many runs. */
    private static StackConfig hurried(StackConfig config, PostgresServer targetServer) {
        var more = config;
        for (var name : Stream.concat(hurried(), faulty()).toList()) {
            more = more.withTarget(name, targetServer.url(name))
                    .withSetting("slipway.targets." + name + ".environment", HURRIED)
                    .withSetting("slipway.targets." + name + ".pool.write.idle-timeout", "20s");
        }
        return more.withSetting("slipway.backup.environments." + HURRIED + ".mode", "never");
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "shop%02d", number);
    }

    /** Names of targets for a trial of many runs. */
    static Stream<String> hurried() {
        return numbered(HURRIED, HURRIED_TARGETS);
    }

    /** Names of targets for the trials of faults. */
    static Stream<String> faulty() {
        return numbered(FAULTY, FAULTY_TARGETS);
    }

    private static Stream<String> numbered(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> name + number);
    }
}
