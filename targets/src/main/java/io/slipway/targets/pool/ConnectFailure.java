package io.slipway.targets.pool;

import io.slipway.contracts.Failure;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Target;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no connection to a target, in words that tell the cases apart and say what to do. */
public enum ConnectFailure {
    /** Wrong role or password, or {@code pg_hba.conf} refuses. */
    TARGET_AUTHENTICATION_FAILED("Check the username and password of the target, and the server's pg_hba.conf."),
    /** The server has no such database. */
    TARGET_DATABASE_UNKNOWN("Create the database, or correct its name in the target's URL."),
    /** The role may not connect. */
    TARGET_PERMISSION_DENIED("Grant the role CONNECT on the database."),
    /** No such host. */
    TARGET_HOST_UNKNOWN("Correct the host in the target's URL, or its DNS entry."),
    /** Nothing listens there. */
    TARGET_REFUSED("Start the server, or correct host and port in the target's URL; look for a firewall."),
    /** No answer in time. */
    TARGET_TIMEOUT("Look at the network and at the load of the server; connect-timeout bounds the wait."),
    /** No protected connection, or not to the right server. */
    TARGET_TLS_FAILED(
            "Check ssl.mode and ssl.root-cert of the target: the certificate must name the host and be signed by that authority."),
    /** The server is full. */
    TARGET_CONNECTIONS_EXHAUSTED("Free connections on the server, raise max_connections, or lower pool sizes."),
    /** The server starts, stops or recovers. */
    TARGET_NOT_READY("Wait until the server has started; Slipway tries again."),
    /** All connections of the pool are in use. */
    TARGET_POOL_EXHAUSTED("Raise the target's pool size, or look for connections that are held too long."),
    /** Anything else. */
    TARGET_UNREACHABLE("Look at the server's log.");

    private static final int DEPTH = 10;

    /** Asking again does not help: someone has to change the settings, here or on the server. */
    private static final Set<ConnectFailure> LASTING = EnumSet.of(
            TARGET_AUTHENTICATION_FAILED, TARGET_DATABASE_UNKNOWN, TARGET_PERMISSION_DENIED, TARGET_TLS_FAILED);

    private final String remedy;

    ConnectFailure(String remedy) {
        this.remedy = remedy;
    }

    /** Says for people what an exception from the target's write pool means. */
    public static Failure explain(Target target, SQLException exception) {
        return explain(target, target.connection(), exception);
    }

    /** The same for a pool of the replica. */
    public static Failure explain(Target target, ConnectionSettings connection, SQLException exception) {
        ConnectFailure kind = kind(exception);
        String message = "The target '%s' (%s) cannot be reached: %s"
                .formatted(target.id(), connection.address(), kind.detail(target, connection, exception));
        return new Failure(kind.name(), message, kind.remedy, exception.getSQLState(), null, 0);
    }

    /** Whether the failure is one of connecting that no waiting heals. */
    public static boolean lasting(Failure failure) {
        return LASTING.stream().anyMatch(kind -> kind.name().equals(failure.code()));
    }

    static ConnectFailure kind(SQLException exception) {
        ConnectFailure byState = ofSqlState(exception.getSQLState());
        if (byState != TARGET_UNREACHABLE) {
            return byState;
        }
        Throwable cause = exception;
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return TARGET_TLS_FAILED;
            }
            if (cause instanceof UnknownHostException) {
                return TARGET_HOST_UNKNOWN;
            }
            if (cause instanceof SocketTimeoutException) {
                return TARGET_TIMEOUT;
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return String.valueOf(cause.getMessage()).contains("timed out") ? TARGET_TIMEOUT : TARGET_REFUSED;
            }
        }
        return ofMessage(String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT));
    }

    private static ConnectFailure ofSqlState(@Nullable String state) {
        return switch (state == null ? "" : state) {
            case "28P01", "28000" -> TARGET_AUTHENTICATION_FAILED;
            case "3D000" -> TARGET_DATABASE_UNKNOWN;
            case "42501" -> TARGET_PERMISSION_DENIED;
            case "53300" -> TARGET_CONNECTIONS_EXHAUSTED;
            case "57P03" -> TARGET_NOT_READY;
            default -> TARGET_UNREACHABLE;
        };
    }

    /** Agroal and the driver's login timeout leave nothing but a text. */
    private static ConnectFailure ofMessage(String message) {
        if (message.contains("acquisition timeout")) {
            return TARGET_POOL_EXHAUSTED;
        }
        if (message.contains("timed out") || message.contains("timeout")) {
            return TARGET_TIMEOUT;
        }
        if (message.contains("ssl") || message.contains("certificate") || message.contains("hostnameverifier")) {
            return TARGET_TLS_FAILED;
        }
        return TARGET_UNREACHABLE;
    }

    private String detail(Target target, ConnectionSettings connection, SQLException exception) {
        return switch (this) {
            case TARGET_POOL_EXHAUSTED ->
                "no connection of its pool became free within %d s."
                        .formatted(target.writePool().acquisitionTimeout().toSeconds());
            case TARGET_HOST_UNKNOWN -> "the host name is unknown.";
            case TARGET_TIMEOUT -> "no answer within %d s.".formatted(connection.connectSeconds());
            case TARGET_TLS_FAILED, TARGET_UNREACHABLE -> withCause(exception);
            default -> String.valueOf(exception.getMessage());
        };
    }

    /** The driver's message names the attempt, the deepest cause the reason. */
    private static String withCause(SQLException exception) {
        Throwable cause = exception;
        for (int i = 0; i < DEPTH && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        String message = String.valueOf(exception.getMessage());
        String reason = cause.getMessage();
        return reason == null || message.contains(reason) ? message : message + " (" + reason + ")";
    }
}
