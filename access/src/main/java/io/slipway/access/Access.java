package io.slipway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a service is reached, as its configuration has it. */
sealed interface Access {
    /** Whether a call may pass. */
    Decision decide(Call call);

    /** The interface of this machine, no token: any process here may call, but no web page that a browser here shows. */
    record Local() implements Access {
        @Override
        public Decision decide(Call call) {
            if (!Loopback.isAuthority(call.authority())) {
                return Decision.NOT_LOCAL;
            }
            return call.origin() == null || Loopback.isOrigin(call.origin()) ? Decision.PASS : Decision.NOT_LOCAL;
        }
    }

    /** Every call carries the token. */
    record Guarded(String token) implements Access {
        private static final String SCHEME = "bearer ";

        @Override
        public Decision decide(Call call) {
            String header = call.authorization();
            if (isHealth(call.path())) {
                return Decision.PASS;
            }
            if (header == null) {
                return Decision.TOKEN_MISSING;
            }
            return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                            && sameInConstantTime(
                                    header.substring(SCHEME.length()).strip())
                    ? Decision.PASS
                    : Decision.TOKEN_WRONG;
        }

        private static boolean isHealth(String path) {
            return path.equals("/q/health") || path.startsWith("/q/health/");
        }

        private boolean sameInConstantTime(String given) {
            return MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Guarded[token=***]";
        }
    }

    /** A configuration that would let strangers in; the service must not start with it. */
    record Refused(String reason) implements Access {
        @Override
        public Decision decide(Call call) {
            return Decision.NOT_LOCAL;
        }
    }

    /**
     * What of a call matters here.
     *
     * @param path normalized
     * @param authority the {@code Host} header
     * @param origin the {@code Origin} header, which browsers send
     * @param authorization the {@code Authorization} header
     */
    record Call(
            String path,
            @Nullable String authority,
            @Nullable String origin,
            @Nullable String authorization) {}

    /** What becomes of a call. */
    enum Decision {
        PASS,
        TOKEN_MISSING,
        TOKEN_WRONG,
        NOT_LOCAL
    }
}
