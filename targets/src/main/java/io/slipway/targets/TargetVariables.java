package io.slipway.targets;

import io.smallrye.config.Expressions;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The environment variables that describe the target {@code default}; taken as they are, without expansion of ${}. */
record TargetVariables(
        Optional<String> url,
        Optional<String> sslCert,
        Optional<String> sslKey,
        Optional<String> sslRootCert,
        Optional<String> poolSize,
        Optional<String> maxOverflow) {
    static final String URL = "DATABASE_URL";
    static final String SSL_CERT = "DATABASE_SSL_CERT";
    static final String SSL_KEY = "DATABASE_SSL_KEY";
    static final String SSL_ROOT_CERT = "DATABASE_SSL_ROOT_CERT";
    static final String POOL_SIZE = "DATABASE_POOL_SIZE";
    static final String MAX_OVERFLOW = "DATABASE_MAX_OVERFLOW";

    static final TargetVariables NONE = new TargetVariables(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static TargetVariables of(Config config) {
        // A password may well contain "${".
        return Expressions.withoutExpansion(() -> new TargetVariables(
                text(config, URL),
                text(config, SSL_CERT),
                text(config, SSL_KEY),
                text(config, SSL_ROOT_CERT),
                text(config, POOL_SIZE),
                text(config, MAX_OVERFLOW)));
    }

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
