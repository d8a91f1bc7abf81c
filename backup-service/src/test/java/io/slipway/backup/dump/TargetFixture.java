package io.slipway.backup.dump;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.server.Database;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Isolation;
import io.slipway.targets.Password;
import io.slipway.targets.PoolSettings;
import io.slipway.targets.SessionSettings;
import io.slipway.targets.SslMode;
import io.slipway.targets.Target;
import io.slipway.targets.Tls;
import java.time.Duration;
import java.util.Map;

/** A target without a configuration. */
final class TargetFixture {
    private static final PoolSettings POOL = new PoolSettings(
            2,
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ZERO,
            Isolation.READ_COMMITTED);

    private TargetFixture() {}

    static Target of(String name, Database database) {
        var connection = new ConnectionSettings(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                new Password(database.password()),
                new Tls(SslMode.PREFER, null, null, null),
                "test",
                5,
                null,
                null);
        return new Target(
                new TargetId(name),
                "development",
                Map.of(),
                connection,
                connection,
                POOL,
                POOL,
                Duration.ofSeconds(5),
                SessionSettings.DEFAULTS);
    }
}
