package io.slipway.targets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The databases that Slipway migrates, as {@code slipway.targets.<name>.*}. The name is what requests use: 1 to 63 of a-z,
 * 0-9, '.', '_' and '-', starting with a letter or digit. The target {@code default} may instead come from the
 * environment variables {@code DATABASE_URL}, {@code DATABASE_SSL_CERT}, {@code DATABASE_SSL_KEY}, {@code
 * DATABASE_SSL_ROOT_CERT}, {@code DATABASE_POOL_SIZE} and {@code DATABASE_MAX_OVERFLOW}; a key of {@code
 * slipway.targets.default} wins over its variable.
 */
@ConfigMapping(prefix = "slipway.targets")
public interface TargetsConfig {

    /** The targets by name. */
    @WithParentName
    @WithDefaults
    Map<String, TargetConfig> targets();

    /** One database. */
    interface TargetConfig {
        /**
         * Where the database is: {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETERS}, reserved characters
         * percent-encoded; {@code jdbc:postgresql://} is understood too. Port 5432 when left out. Parameters: sslmode,
         * sslcert, sslkey, sslrootcert, user, password, application_name, connect_timeout, channel_binding, options; any
         * other is refused. Exactly one host. No default; variable {@code DATABASE_URL} for the target {@code default}.
         */
        Optional<String> url();

        /** The role that runs migrations. Default: the one in the URL; one of the two is required. */
        Optional<String> username();

        /** Its password. Default: the one in the URL, else none (certificate or trust authentication). */
        Optional<String> password();

        /**
         * What kind of system it belongs to: 1 to 32 of a-z, 0-9 and '-'. Default {@code development}. For {@code
         * production} an unencrypted connection has to be asked for with {@code ssl.mode}.
         */
        @WithDefault("development")
        String environment();

        /** Free text by name, for choosing policies, such as {@code slipway.targets.shop.labels.team=payments}. */
        Map<String, String> labels();

        /**
         * A replica that answers reads: a URL like {@code url}, without credentials where they are the same. Default:
         * none, reads go to {@code url}.
         */
        Optional<String> readUrl();

        /**
         * How long an attempt at a statement of a migration waits for a lock at the longest before it steps aside; how often
         * it is tried is for {@code slipway.executor.locks}. Duration, 100 ms to 10 min, default 5 s.
         */
        @WithDefault("5s")
        @WithConverter(Bounds.Wait.class)
        Duration lockTimeout();

        /**
         * The role that everything runs as on the target: after the login the sessions do {@code SET ROLE}, so that this role
         * owns what migrations make, the history and the ledger. The login needs to be a member of it. Default: the role that
         * logs in.
         */
        Optional<String> runAs();

        /**
         * The schemas, separated by commas, in which names without one are looked for; new objects go to the first. Each must be
         * there, and usable by the role; {@code $user} may be among them. Schemas that a request or {@code flyway.toml} names come
         * before it. Default: what PostgreSQL has for the role and the database.
         */
        Optional<List<String>> searchPath();

        /**
         * How long one statement of a run may take: duration, 1 s to 24 h, default 0 (no bound, whatever the role's own is). The
         * statements that the executor adds count as well.
         */
        @WithDefault("0s")
        @WithConverter(Bounds.Interval.class)
        Duration statementTimeout();

        /**
         * After which time PostgreSQL ends a session of a run that idles in a transaction, and so frees its locks, because the
         * executor is gone without the network having noticed: duration, 10 s to 24 h, default 5 min, 0 for never. While the
         * executor waits for a lock or for Flyway's it does not idle in one.
         */
        @WithDefault("5m")
        @WithConverter(Bounds.Idle.class)
        Duration idleInTransactionTimeout();

        /**
         * The schema of the table {@code slipway_ledger}. It is made when it is not there; the migrating role needs CREATE on the
         * database then. Default: the schema of Flyway's history.
         */
        Optional<String> ledgerSchema();

        /**
         * How long establishing a connection may take, authentication included: duration, 1 s to 60 s, default 10 s or
         * the URL's connect_timeout.
         */
        @WithConverter(Bounds.ConnectWait.class)
        Optional<Duration> connectTimeout();

        /**
         * The name under which the sessions show in {@code pg_stat_activity}: at most 63 characters. Default {@code
         * slipway/} and the service's name. Those that execute a run show as {@code slipway/} and the run's id, whatever is said
         * here.
         */
        Optional<String> applicationName();

        /** How the connection is protected. */
        SslConfig ssl();

        /** The connection pools. */
        PoolsConfig pool();
    }

    /** How the connection to a target is protected. */
    interface SslConfig {
        /**
         * disable, allow, prefer, require, verify-ca or verify-full. Default: the URL's sslmode; else verify-full with a
         * root certificate, require for environment {@code production}, prefer otherwise. With a root certificate an
         * sslmode of the URL that does not verify is raised to verify-full.
         */
        Optional<String> mode();

        /**
         * PEM file with the certificate that Slipway shows to the server; needs {@code ssl.key}. Default: none; variable
         * {@code DATABASE_SSL_CERT} for the target {@code default}.
         */
        Optional<String> cert();

        /**
         * The certificate's private key, PKCS#8 without a passphrase: PEM in a file named *.pem or *.key, or DER under
         * another name. Default: none; variable {@code DATABASE_SSL_KEY} for the target {@code default}.
         */
        Optional<String> key();

        /**
         * PEM file with the authorities that may have signed the server's certificate. Default: none; variable {@code
         * DATABASE_SSL_ROOT_CERT} for the target {@code default}.
         */
        Optional<String> rootCert();
    }

    /** The two pools of a target; each is made on first use and closed at shutdown. */
    interface PoolsConfig {
        /** Connections for migrations and everything that may write. */
        PoolConfig write();

        /** Read-only connections, to the replica where there is one. */
        PoolConfig read();
    }

    /** One connection pool. */
    interface PoolConfig {
        /**
         * Most connections at a time: 1 to 200. Default 8 for the write pool, 4 for the read pool. For the write pool of
         * target {@code default} the variables give {@code DATABASE_POOL_SIZE} + {@code DATABASE_MAX_OVERFLOW}: the pool
         * grows to the sum and shrinks to nothing when idle, so the two need not be told apart.
         */
        @WithConverter(Bounds.PoolSize.class)
        Optional<Integer> maxSize();

        /** How long to wait for a free connection: duration, 100 ms to 10 min, default 30 s. */
        @WithDefault("30s")
        @WithConverter(Bounds.Wait.class)
        Duration acquisitionTimeout();

        /** Age at which a connection is replaced: duration, 10 s to 24 h, default 1 h. */
        @WithDefault("1h")
        @WithConverter(Bounds.Lifetime.class)
        Duration maxLifetime();

        /**
         * How long an unused connection is kept: duration, 10 s to 24 h, default 5 min, so that many targets do not hold
         * connections for ever.
         */
        @WithDefault("5m")
        @WithConverter(Bounds.Lifetime.class)
        Duration idleTimeout();

        /**
         * After which time in use a connection is reported as a possible leak: duration, 1 s to 24 h, default 0 (off) for
         * the write pool, where a migration may take hours, and 10 min for the read pool.
         */
        @WithConverter(Bounds.Interval.class)
        Optional<Duration> leakDetectionInterval();

        /** read-committed, repeatable-read or serializable; default read-committed. */
        @WithDefault("read-committed")
        Isolation isolation();
    }
}
