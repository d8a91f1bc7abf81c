package io.slipway.sql.ast;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an index holds.
 *
 * @param method {@code btree} where none is named
 * @param keys in their order
 * @param include columns that it carries without being sorted by them
 * @param predicate of a partial index
 */
public record IndexDefinition(
        String method,
        List<Key> keys,
        List<String> include,
        @Nullable Expression predicate,
        boolean nullsNotDistinct) {

    /** @param column null where the index has an expression */
    public record Key(@Nullable String column, Expression expression) {}

    public IndexDefinition {
        keys = List.copyOf(keys);
        include = List.copyOf(include);
    }

    /** The plain columns among its keys. */
    public List<String> columns() {
        return keys.stream()
                .flatMap(key -> key.column() == null ? Stream.empty() : Stream.of(key.column()))
                .toList();
    }

    /** Whether the column is a key, is carried along, or appears in an expression or in the predicate. */
    public boolean mentions(String column) {
        return include.contains(column)
                || keys.stream()
                        .anyMatch(key -> column.equals(key.column())
                                || key.expression().uses().columns().contains(column))
                || predicate != null && predicate.uses().columns().contains(column);
    }
}
