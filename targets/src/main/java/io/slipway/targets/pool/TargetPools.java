package io.slipway.targets.pool;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.slipway.contracts.TargetId;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.PoolSettings;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The connection pools of the targets. A pool is made on first use, opens connections only when asked, and lets idle ones go. */
@ApplicationScoped
public class TargetPools {
    /** Bound on the check of a connection before use; a healthy one answers in a round trip. */
    private static final int VALIDATION_SECONDS = 5;

    private final Targets targets;
    private final Map<TargetId, AgroalDataSource> writers = new ConcurrentHashMap<>();
    private final Map<TargetId, AgroalDataSource> readers = new ConcurrentHashMap<>();

    @Inject
    public TargetPools(Targets targets) {
        this.targets = targets;
    }

    /**
     * Connections that may write, in auto-commit.
     * @throws IllegalArgumentException when there is no such target
     */
    public AgroalDataSource writer(TargetId id) {
        Target target = target(id);
        return writers.computeIfAbsent(
                id, any -> open(target.connection(), target.writePool(), false, new PoolLog(id, "write")));
    }

    /**
     * Connections of the writing pool that are as those of a migration: its role, its search path. Whoever takes one is told
     * by a {@link SessionRefused} when that cannot be.
     * @throws IllegalArgumentException when there is no such target
     */
    public DataSource migrator(TargetId id) {
        Target target = target(id);
        return new MigratorSource(writer(id), target, MigratorSession.looking(target.session()));
    }

    /**
     * The same for executing a run, with the bounds that hold for its statements; to be closed at its end.
     * @param applicationName as the sessions show in {@code pg_stat_activity}
     * @throws IllegalArgumentException when there is no such target
     */
    public MigratorSource migrator(TargetId id, String applicationName) {
        Target target = target(id);
        return new MigratorSource(writer(id), target, MigratorSession.executing(target.session(), applicationName));
    }

    /**
     * Read-only connections, to the replica where there is one.
     * @throws IllegalArgumentException when there is no such target
     */
    public AgroalDataSource reader(TargetId id) {
        Target target = target(id);
        return readers.computeIfAbsent(
                id, any -> open(target.replica(), target.readPool(), true, new PoolLog(id, "read")));
    }

    /**
     * Asks the target for its version; takes a pooled connection, so that a first use is prepared as well.
     * @throws IllegalArgumentException when there is no such target
     */
    public Reachability probe(TargetId id) {
        Target target = target(id);
        long start = System.nanoTime();
        try (Connection connection = writer(id).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT split_part(current_setting('server_version'), ' ', 1), pg_is_in_recovery()")) {
            row.next();
            return new Reachability.Reachable(
                    id, row.getString(1), row.getBoolean(2), Duration.ofNanos(System.nanoTime() - start));
        } catch (SQLException e) {
            return new Reachability.Unreachable(id, ConnectFailure.explain(target, e));
        }
    }

    @PreDestroy
    public void close() {
        writers.values().forEach(AgroalDataSource::close);
        readers.values().forEach(AgroalDataSource::close);
        writers.clear();
        readers.clear();
    }

    private Target target(TargetId id) {
        return targets.find(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no target '%s'; configured are %s.".formatted(id, targets.names())));
    }

    private static AgroalDataSource open(
            ConnectionSettings connection, PoolSettings settings, boolean readOnly, PoolLog log) {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(pool -> pool.initialSize(0)
                        .minSize(0)
                        .maxSize(settings.maxSize())
                        .acquisitionTimeout(settings.acquisitionTimeout())
                        .maxLifetime(settings.maxLifetime())
                        .reapTimeout(settings.idleTimeout())
                        .leakTimeout(settings.leakDetection())
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
                        .connectionFactoryConfiguration(factory -> {
                            connection.jdbcProperties().forEach(factory::jdbcProperty);
                            SessionDefaults.options(connection, settings, readOnly)
                                    .ifPresent(options -> factory.jdbcProperty("options", options));
                            if (connection.password() != null) {
                                factory.credential(
                                        new SimplePassword(connection.password().value()));
                            }
                            return factory.principal(new NamePrincipal(connection.username()))
                                    .connectionProviderClass(org.postgresql.Driver.class)
                                    .jdbcUrl(connection.jdbcUrl())
                                    .autoCommit(true);
                        }));
        try {
            return AgroalDataSource.from(configuration, new SessionDefaults(), log);
        } catch (SQLException e) {
            throw new IllegalStateException("The pool of %s could not be set up.".formatted(connection.address()), e);
        }
    }
}
