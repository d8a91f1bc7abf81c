package io.slipway.access;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Recognizes the loopback interface by name or literal address; a name that would need DNS is never taken for it. */
final class Loopback {
    private Loopback() {}

    static boolean isHost(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A host with or without a port, as in the {@code Host} header. */
    static boolean isAuthority(@Nullable String authority) {
        return authority != null && isOrigin("http://" + authority);
    }

    /** A scheme, a host and perhaps a port, as in the {@code Origin} header. */
    static boolean isOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && isHost(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
