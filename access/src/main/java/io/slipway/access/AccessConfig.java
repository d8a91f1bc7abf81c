package io.slipway.access;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may call this service over HTTP. */
@ConfigMapping(prefix = "slipway.access")
public interface AccessConfig {
    /**
     * The bearer token that every call must carry, except those to {@code /q/health}; at least 16 characters. Without
     * one the service answers on the loopback interface only.
     */
    Optional<String> token();
}
