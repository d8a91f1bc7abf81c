package io.slipway.policy;

import io.slipway.policy.Key.Entry;
import io.slipway.policy.Key.Reading;
import io.slipway.policy.Nodes.Field;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What one level of the policy sets, such as {@code environments.production}. */
final class Section {
    private final String level;
    private final Map<Key<?>, Entry<?>> entries = new IdentityHashMap<>();

    private Section(String level) {
        this.level = level;
    }

    static Section read(Reading in, String level, Node node) {
        Section section = new Section(level);
        in.nodes().mapping(node, "'%s'".formatted(level)).forEach((name, field) -> {
            List<String> group = Key.names(name);
            if (!group.isEmpty()) {
                in.nodes()
                        .fields(field.value(), "'%s'".formatted(name), group, List.of())
                        .forEach((inner, value) -> section.put(in, name + "." + inner, value));
            } else if (Key.names().contains(name)) {
                section.put(in, name, field);
            } else {
                in.nodes().unknown(field, "'%s'".formatted(level), Key.names());
            }
        });
        return section;
    }

    private void put(Reading in, String name, Field field) {
        Key.find(name).ifPresent(key -> put(in, key, field));
    }

    private <T> void put(Reading in, Key<T> key, Field field) {
        key.read()
                .apply(in, field.value())
                .ifPresent(value -> entries.put(key, new Entry<>(value, Nodes.line(field.key()))));
    }

    @SuppressWarnings("unchecked") // only put() adds, and there both have the same type
    <T> Optional<Entry<T>> get(Key<T> key) {
        return Optional.ofNullable((Entry<T>) entries.get(key));
    }

    <T> List<Explained> explain(Key<T> key) {
        return get(key).map(key.shown()).orElse(List.of()).stream()
                .map(shown -> new Explained(key.name(), shown.text(), level, shown.line()))
                .toList();
    }
}
