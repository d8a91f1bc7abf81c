package io.slipway.sql.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be done to take changes back, newest last: a ROLLBACK costs as much as what it undoes. */
final class Journal {
    private final List<Runnable> undo = new ArrayList<>();

    int mark() {
        return undo.size();
    }

    void rollBackTo(int mark) {
        while (undo.size() > mark) {
            undo.removeLast().run();
        }
    }

    /** What was done up to here stays. */
    void settle() {
        undo.clear();
    }

    /** A map whose changes are written down in this journal. */
    final class Entries<K, V> {
        private final Map<K, V> map = new HashMap<>();

        @Nullable
        V get(K key) {
            return map.get(key);
        }

        Map<K, V> view() {
            return map;
        }

        void put(K key, V value) {
            V before = map.put(key, value);
            if (!Objects.equals(before, value)) {
                undo.add(() -> restore(key, before));
            }
        }

        void remove(K key) {
            V before = map.remove(key);
            if (before != null) {
                undo.add(() -> restore(key, before));
            }
        }

        private void restore(K key, @Nullable V before) {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        }
    }

    /** What leads to what, backwards, so that nobody has to look through all; its changes are written down in this journal. */
    final class Links<K> {
        private final Map<K, Set<K>> sources = new HashMap<>();

        /** What leads there. */
        Set<K> to(K target) {
            return sources.getOrDefault(target, Set.of());
        }

        void change(K source, Collection<K> before, Collection<K> after) {
            if (before.equals(after)) {
                return;
            }
            Set<K> kept = new HashSet<>(after);
            for (K target : before) {
                if (!kept.contains(target) && remove(source, target)) {
                    undo.add(() -> add(source, target));
                }
            }
            for (K target : after) {
                if (add(source, target)) {
                    undo.add(() -> remove(source, target));
                }
            }
        }

        private boolean add(K source, K target) {
            return sources.computeIfAbsent(target, _ -> new LinkedHashSet<>()).add(source);
        }

        private boolean remove(K source, K target) {
            Set<K> known = sources.get(target);
            boolean removed = known != null && known.remove(source);
            if (known != null && known.isEmpty()) {
                sources.remove(target);
            }
            return removed;
        }
    }
}
