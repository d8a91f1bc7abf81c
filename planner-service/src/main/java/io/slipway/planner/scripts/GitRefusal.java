package io.slipway.planner.scripts;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.jspecify.annotations.Nullable;

/** Says in our words what JGit could not do at a remote repository. */
final class GitRefusal {
    static final String UNREACHABLE = "REPOSITORY_UNREACHABLE";
    static final String TOO_LARGE = "REPOSITORY_TOO_LARGE";

    private static final List<Class<? extends Exception>> NETWORK = List.of(
            UnknownHostException.class,
            UnresolvedAddressException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            SocketTimeoutException.class,
            SocketException.class);

    private GitRefusal() {}

    /**
     * @throws Unclear when it is not known to be the remote side's fault
     */
    static Unreadable of(RepositoryUrl url, Exception e) throws Unclear {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoRemoteRepositoryException || cause instanceof NotSupportedException) {
                return new Unreadable(
                        "REPOSITORY_UNKNOWN",
                        "'%s' is no Git repository, or the planner may not see it.".formatted(url.text()),
                        "Correct the URL; if the repository was moved, give its new one, since redirects are not followed.",
                        e);
            }
            if (cause instanceof SshException ssh) {
                return ofSsh(url, ssh, e);
            }
            if (denied(cause.getMessage())) {
                return denied(url, e);
            }
            Throwable reason = cause;
            if (NETWORK.stream().anyMatch(type -> type.isInstance(reason))) {
                return unreachable(url, reason, e);
            }
        }
        throw new Unclear("The repository '%s' cannot be read: %s".formatted(url.text(), e.getMessage()), e);
    }

    private static Unreadable ofSsh(RepositoryUrl url, SshException ssh, Exception e) {
        return switch (ssh.getDisconnectCode()) {
            case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
                new Unreadable(
                        "HOST_KEY_UNKNOWN",
                        "The host of '%s' shows a key that 'known-hosts' does not list.".formatted(url.text()),
                        "If the key is right, add it to the file that 'known-hosts' of the planner names.",
                        e);
            case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                    SshConstants.SSH2_DISCONNECT_AUTH_CANCELLED_BY_USER -> denied(url, e);
            default -> unreachable(url, ssh, e);
        };
    }

    private static Unreadable denied(RepositoryUrl url, Exception e) {
        return new Unreadable(
                "REPOSITORY_ACCESS_DENIED",
                "The host of '%s' does not accept the planner's credentials.".formatted(url.text()),
                "Set credentials that may read it below 'slipway.planner.git', in an entry whose 'url-prefix' fits.",
                e);
    }

    private static boolean denied(@Nullable String message) {
        String text = String.valueOf(message).toLowerCase(Locale.ROOT);
        return text.contains("not authorized")
                || text.contains("authentication is required")
                || text.contains("not permitted");
    }

    private static Unreadable unreachable(RepositoryUrl url, Throwable reason, Exception e) {
        return new Unreadable(
                UNREACHABLE,
                "The host of '%s' cannot be reached: %s (%s)."
                        .formatted(
                                url.text(),
                                reason.getMessage(),
                                reason.getClass().getSimpleName()),
                "Look whether the planner's machine reaches it, then send a new request.",
                e);
    }

    static Unreadable tooLong(RepositoryUrl url, Duration timeout, Exception e) {
        return new Unreadable(
                "REPOSITORY_TOO_SLOW",
                "Fetching '%s' took longer than %d s.".formatted(url.text(), timeout.toSeconds()),
                "Name a branch or tag, of which only the tip is fetched; or raise 'slipway.planner.git-cache.fetch-timeout'.",
                e);
    }

    static Unreadable tooLarge(RepositoryUrl url, long maxBytes) {
        return new Unreadable(
                TOO_LARGE,
                "What has to be fetched of '%s' is larger than %d bytes.".formatted(url.text(), maxBytes),
                "Name a branch or tag, of which only the tip is fetched; or raise 'slipway.planner.git-cache.max-repository-bytes'.");
    }

    /** A failure of which JGit does not say on which side it is. */
    static final class Unclear extends IOException {
        private static final long serialVersionUID = 1L;

        private Unclear(String message, Throwable cause) {
            super(message, cause);
        }

        Unreadable settled() {
            return new Unreadable(
                    "REPOSITORY_UNREADABLE",
                    String.valueOf(getMessage()),
                    "Look whether git can clone it from the planner's machine; redirects are not followed.",
                    this);
        }
    }
}
