package io.slipway.contracts;

/** The names of the Kafka topics. */
public final class Topics {
    /** Where outsiders write, and nowhere else. */
    public static final String REQUESTS = "slipway.requests";

    /** Facts of the services, keyed by target. */
    public static final String EVENTS = "slipway.events";

    private static final String DEAD_LETTERS = "slipway.dead-letters.";

    /** Records above this size in scripts are rejected, in bytes: plans travel inside their events. */
    public static final int MAX_SCRIPT_BYTES = 5 * 1024 * 1024;

    private Topics() {}

    /** Where a service puts the records that it cannot read. */
    public static String deadLetters(String service) {
        return DEAD_LETTERS + service;
    }
}
