package io.slipway.policy;

/**
 * One value that applies to a target, and where it comes from.
 *
 * @param key such as {@code limits.blocked-time}
 * @param value for people to read
 * @param level the part of the file, such as {@code targets.shop}
 * @param line from 1
 */
public record Explained(String key, String value, String level, int line) {}
