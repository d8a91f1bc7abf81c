package io.slipway.eventing.inbox;

/** The names of the channels that listeners name in {@code @Incoming}; their settings come with this module. */
public final class Channels {
    /** The topic of facts. */
    public static final String EVENTS = "events";

    /** The topic of requests from outside. */
    public static final String REQUESTS = "requests";

    private Channels() {}
}
