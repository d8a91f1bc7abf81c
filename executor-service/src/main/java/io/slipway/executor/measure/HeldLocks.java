package io.slipway.executor.measure;

import io.slipway.contracts.Figures.HeldLock;
import io.slipway.sql.effect.LockMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The locks that one script has come to hold, and since which statement. */
final class HeldLocks {
    private record Lock(long relation, LockMode mode) {}

    private final Reading opened;
    private final Map<Lock, @Nullable Integer> since = new LinkedHashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    HeldLocks(Reading opened) {
        this.opened = opened;
    }

    /** Looks for new ones; {@code statement} is absent when it is not known which one took them. */
    void look(Reading reading, @Nullable Integer statement) {
        reading.relations().forEach((id, relation) -> {
            names.put(id, relation.name());
            for (LockMode mode : relation.locks()) {
                var lock = new Lock(id, mode);
                if (!before(lock) && !since.containsKey(lock)) {
                    since.put(lock, statement);
                }
            }
        });
    }

    /** Those that scripts before it in the same transaction have taken. */
    private boolean before(Lock lock) {
        Reading.Relation relation = opened.relations().get(lock.relation());
        return relation != null && relation.locks().contains(lock.mode());
    }

    /** Strongest first. */
    List<HeldLock> all() {
        return since.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Lock, @Nullable Integer> held) ->
                                held.getKey().mode())
                        .reversed())
                .map(held -> new HeldLock(
                        names.getOrDefault(held.getKey().relation(), "?"),
                        held.getKey().mode().title(),
                        held.getValue()))
                .toList();
    }
}
