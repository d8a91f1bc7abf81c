package io.slipway.eventing.inbox;

import io.slipway.contracts.Topics;

/**
 * The channels that listeners name in {@code @Incoming}. A channel is named like its topic and needs no settings of a
 * service: those of the connector come with this module.
 */
public final class Channels {
    /** The topic of facts. */
    public static final String EVENTS = Topics.EVENTS;

    /** The topic of requests from outside. */
    public static final String REQUESTS = Topics.REQUESTS;

    private Channels() {}
}
