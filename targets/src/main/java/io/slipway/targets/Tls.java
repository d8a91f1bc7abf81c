package io.slipway.targets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the connection to a target is protected.
 * @param rootCert PEM file with the authorities that may have signed the server's certificate
 * @param clientCert PEM file with the certificate that Slipway shows to the server
 * @param clientKey the key of {@code clientCert}
 */
public record Tls(
        SslMode mode,
        @Nullable Path rootCert,
        @Nullable Path clientCert,
        @Nullable ClientKey clientKey) {}
