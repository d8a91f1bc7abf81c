package io.slipway.access;

import java.util.Optional;

/** Decides from the configuration how a service may be reached. */
final class AccessPolicy {
    /** Short enough to type, long enough that nobody guesses it over a network. */
    static final int SHORTEST_TOKEN = 16;

    private AccessPolicy() {}

    static Access decide(String host, Optional<String> configured) {
        Optional<String> token = configured.map(String::strip).filter(text -> !text.isEmpty());
        if (token.isPresent()) {
            return token.get().length() >= SHORTEST_TOKEN ? new Access.Guarded(token.get()) : tooShort(token.get());
        }
        return Loopback.isHost(host) ? new Access.Local() : withoutToken(host);
    }

    private static Access tooShort(String token) {
        return new Access.Refused(
                "slipway.access.token has %d characters; at least %d are needed, because anyone who guesses it can migrate your databases. Set a longer one, for instance from 'openssl rand -hex 24'."
                        .formatted(token.length(), SHORTEST_TOKEN));
    }

    private static Access withoutToken(String host) {
        return new Access.Refused(
                "quarkus.http.host is '%s', which other machines can reach, and slipway.access.token is not set: anyone on the network could migrate your databases. Set slipway.access.token (SLIPWAY_ACCESS_TOKEN) to at least %d characters, for instance from 'openssl rand -hex 24', or bind to 127.0.0.1."
                        .formatted(host, SHORTEST_TOKEN));
    }
}
