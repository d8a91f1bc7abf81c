package io.slipway.targets;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far a connection is protected, in libpq's terms; the higher, the safer. */
public enum SslMode {
    DISABLE("disable"),
    ALLOW("allow"),
    PREFER("prefer"),
    REQUIRE("require"),
    VERIFY_CA("verify-ca"),
    VERIFY_FULL("verify-full");

    static final String ALLOWED = Arrays.stream(values()).map(SslMode::text).collect(Collectors.joining(", "));

    private final String text;

    SslMode(String text) {
        this.text = text;
    }

    /** As libpq and the JDBC driver write it. */
    public String text() {
        return text;
    }

    /** Whether the server must show a certificate that a known authority signed. */
    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    static Optional<SslMode> parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text.equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
