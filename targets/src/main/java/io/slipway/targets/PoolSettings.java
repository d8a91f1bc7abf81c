package io.slipway.targets;

import java.time.Duration;

/**
 * Bounds of one connection pool; each is described at its key in {@link TargetsConfig.PoolConfig}.
 * @param leakDetection zero switches it off
 */
public record PoolSettings(
        int maxSize,
        Duration acquisitionTimeout,
        Duration maxLifetime,
        Duration idleTimeout,
        Duration leakDetection,
        Isolation isolation) {}
