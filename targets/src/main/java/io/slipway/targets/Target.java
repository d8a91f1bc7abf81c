package io.slipway.targets;

import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A database that Slipway migrates. Printing it never shows a password.
 * @param environment lower case, such as {@code production} or {@code development}
 * @param labels free text for the choice of policies
 * @param connection where migrations run
 * @param replica where reads may go; equal to {@code connection} when there is no replica
 * @param lockTimeout how long one attempt at a statement of a migration may wait for a lock
 * @param session what the sessions that migrate it are like
 */
public record Target(
        TargetId id,
        String environment,
        Map<String, String> labels,
        ConnectionSettings connection,
        ConnectionSettings replica,
        PoolSettings writePool,
        PoolSettings readPool,
        Duration lockTimeout,
        SessionSettings session) {
    static final String PRODUCTION = "production";

    public Target {
        environment = environment.toLowerCase(Locale.ROOT);
        labels = Map.copyOf(labels);
    }

    public boolean production() {
        return environment.equals(PRODUCTION);
    }

    /** The role that migrations run as. */
    public String migratesAs() {
        String runAs = session.runAs();
        return runAs == null ? connection.username() : runAs;
    }

    /** Environment variables with which {@code pg_dump} and its kin find the database; they include the password. */
    public Map<String, String> libpqEnvironment() {
        return connection.libpqEnvironment();
    }
}
