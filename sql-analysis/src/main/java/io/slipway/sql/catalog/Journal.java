package io.slipway.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
}
