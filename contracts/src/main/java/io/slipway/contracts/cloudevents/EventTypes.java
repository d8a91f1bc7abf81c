package io.slipway.contracts.cloudevents;

import io.slipway.contracts.event.MigrationEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the event types, such as {@code io.slipway.MigrationApplied.v1}, read off the sealed hierarchy. */
public final class EventTypes {
    private static final String PREFIX = "io.slipway.";
    private static final String SUFFIX = ".v1";
    private static final Map<String, Class<? extends MigrationEvent>> BY_NAME =
            leaves(MigrationEvent.class).collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

    private EventTypes() {}

    public static String nameOf(Class<? extends MigrationEvent> type) {
        return PREFIX + type.getSimpleName() + SUFFIX;
    }

    public static Optional<Class<? extends MigrationEvent>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every concrete event type, in no particular order. */
    public static Stream<Class<? extends MigrationEvent>> all() {
        return BY_NAME.values().stream();
    }

    private static Stream<Class<? extends MigrationEvent>> leaves(Class<? extends MigrationEvent> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(sub -> sub.<MigrationEvent>asSubclass(MigrationEvent.class))
                        .flatMap(EventTypes::leaves)
                : Stream.of(type);
    }
}
