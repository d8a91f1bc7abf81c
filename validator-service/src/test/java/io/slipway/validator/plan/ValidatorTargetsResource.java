package io.slipway.validator.plan;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A target that does not answer, and little patience with it; and the target {@code owned}, of a superuser, whose database
 * is {@code guest} to a role without rights and {@code unsaved} to nobody but tests of backups. Limits in time are short, so that tests reach them.
 */
public class ValidatorTargetsResource implements QuarkusTestResourceLifecycleManager {
    public static final String GUEST = "guest_of_checks";
    private static final String OWNED = "slipway.test.owned";

    @Override
    public Map<String, String> start() {
        Database owned = SharedServers.freshDatabase("checked");
        createGuest(owned);
        Map<String, String> config = new HashMap<>();
        config.put("slipway.targets.down.url", "postgresql://nobody:none@127.0.0.1:1/nothing");
        config.put("slipway.targets.owned.url", owned.url());
        config.put(
                "slipway.targets.guest.url",
                owned.url().replace(owned.user() + ":" + owned.password(), GUEST + ":" + GUEST));
        config.put("slipway.targets.acting.url", owned.url());
        config.put("slipway.targets.acting.run-as", GUEST);
        config.put("slipway.targets.acting.ledger-schema", "ops");
        config.put("slipway.targets.unable.url", owned.url());
        config.put("slipway.targets.unable.run-as", "no_such_role");
        config.put("slipway.targets.unsaved.url", owned.url());
        config.put("slipway.targets.unsaved.environment", "staging");
        config.put(OWNED, owned.jdbcUrl() + "?user=" + owned.user() + "&password=" + owned.password());
        config.put("slipway.validator.target-patience", "1s");
        config.put("slipway.validator.first-pause", "100ms");
        config.put("slipway.validator.checks.long-transactions.limit", "1s");
        config.put("slipway.validator.checks.idle-in-transaction.limit", "1s");
        config.put("slipway.validator.checks.prepared-transactions.limit", "1s");
        config.put("slipway.validator.disks.owned.capacity", "64M");
        config.put("slipway.validator.disks.guest.command", "sh,-c,echo Avail; echo 1000000000000");
        config.put("slipway.validator.rehearsal.server", "default");
        config.put("slipway.validator.rehearsal.sample-rows", "2");
        config.put("slipway.validator.rehearsal.sample-environments", "with-rows");
        config.put("slipway.validator.max-findings", "20");
        config.put("slipway.validator.max-kept-findings", "40");
        config.put("slipway.validator.public-url", "https://validator.example.com/");
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    private static void createGuest(Database owned) {
        try (var connection = owned.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(GUEST));
        } catch (SQLException e) {
            throw new IllegalStateException("The role of the target 'guest' cannot be created.", e);
        }
    }

    /** The database of the targets {@code owned} and {@code guest}, as its owner sees it. */
    public static PGSimpleDataSource owned() {
        var source = new PGSimpleDataSource();
        source.setUrl(ConfigProvider.getConfig().getValue(OWNED, String.class));
        return source;
    }

    @Override
    public void stop() {}
}
