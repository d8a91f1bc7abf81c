package io.slipway.validator.rehearsal;

import io.slipway.contracts.TargetId;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.pool.TargetPools;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The server on which scratch databases are made and dropped. */
@ApplicationScoped
class ScratchServer {
    private static final Logger LOG = Logger.getLogger(ScratchServer.class);
    private static final String PREFIX = "slipway_rehearsal_";

    /** What a validator that was killed has left behind is this old at least; no rehearsal takes as long. */
    private static final Duration ABANDONED = Duration.ofHours(2);

    private final RehearsalConfig config;
    private final Targets targets;
    private final TargetPools pools;

    ScratchServer(RehearsalConfig config, Targets targets, TargetPools pools) {
        this.config = config;
        this.targets = targets;
        this.pools = pools;
    }

    /** Makes an empty database like that of the target: encoding and collation are the server's own. */
    ScratchDatabase create() throws NotRehearsed {
        return create("template0");
    }

    /** Makes a database with all that another one holds, in which there must be no session. */
    ScratchDatabase copyOf(ScratchDatabase other) throws NotRehearsed {
        return create(other.name());
    }

    private ScratchDatabase create(String template) throws NotRehearsed {
        Target server = server();
        String name = "%s%d_%s"
                .formatted(
                        PREFIX,
                        Instant.now().getEpochSecond(),
                        UUID.randomUUID().toString().substring(0, 8));
        try {
            dropAbandoned(server);
            execute(server, "create database %s template %s".formatted(name, template));
        } catch (SQLException e) {
            throw new NotRehearsed("no scratch database can be made with slipway.validator.rehearsal.server '%s': %s"
                    .formatted(server.id(), e.getMessage()));
        }
        return new ScratchDatabase(name, server.connection().withDatabase(name), () -> drop(server, name));
    }

    private Target server() throws NotRehearsed {
        String name = config.server()
                .orElseThrow(() -> new NotRehearsed(
                        "no server for scratch databases is configured (slipway.validator.rehearsal.server)"));
        return targets.find(new TargetId(name))
                .orElseThrow(() -> new NotRehearsed(
                        "slipway.validator.rehearsal.server names '%s', but no slipway.targets.%s is configured"
                                .formatted(name, name)));
    }

    private void drop(Target server, String name) {
        try {
            execute(server, "drop database if exists %s with (force)".formatted(name));
        } catch (SQLException e) {
            // The next rehearsal after the time of abandonment drops it.
            LOG.warnf(e, "A scratch database could not be dropped: database=%s", name);
        }
    }

    private void dropAbandoned(Target server) throws SQLException {
        String sql = "select datname from pg_database where datname ~ '^%s[0-9]+_'".formatted(PREFIX);
        long limit = Instant.now().minus(ABANDONED).getEpochSecond();
        try (var connection = pools.writer(server.id()).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String name = rows.getString(1);
                String made = name.substring(PREFIX.length(), name.indexOf('_', PREFIX.length()));
                if (Long.parseLong(made) < limit) {
                    drop(server, name);
                }
            }
        }
    }

    private void execute(Target server, String sql) throws SQLException {
        try (var connection = pools.writer(server.id()).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One scratch database, dropped at the end. */
    record ScratchDatabase(String name, ConnectionSettings connection, Runnable drop) implements AutoCloseable {
        @Override
        public void close() {
            drop.run();
        }
    }
}
