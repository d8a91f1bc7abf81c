package io.slipway.validator.footprint;

import org.jspecify.annotations.Nullable;

/**
 * An extension that a plan creates.
 *
 * @param version absent where the server's default is taken
 * @param ifMissing {@code IF NOT EXISTS}
 */
public record WantedExtension(String name, @Nullable String version, boolean ifMissing) {}
