package io.slipway.sql.ast;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an expression or a query mentions, each once and in the order of the text.
 *
 * @param relations that it reads; names of its own WITH queries are left out
 * @param columns the last part of each column reference, of whatever relation
 * @param allColumns whether there is a {@code *} in a list of columns
 * @param functions as called, {@code current_timestamp} and its kin included
 * @param types of its casts
 * @param strings the content of its string constants
 * @param sequences that {@code nextval}, {@code currval} or {@code setval} name
 * @param locksRows whether it has {@code FOR UPDATE} or a weaker form of it
 */
public record Uses(
        List<Name> relations,
        List<String> columns,
        boolean allColumns,
        List<Name> functions,
        List<Name> types,
        List<String> strings,
        List<Name> sequences,
        boolean locksRows) {
    public static final Uses NOTHING =
            new Uses(List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of(), false);

    public Uses {
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        functions = List.copyOf(functions);
        types = List.copyOf(types);
        strings = List.copyOf(strings);
        sequences = List.copyOf(sequences);
    }

    /** Of a reference to one column and nothing else. */
    public static Uses oneColumn(String name) {
        return new Uses(List.of(), List.of(name), false, List.of(), List.of(), List.of(), List.of(), false);
    }

    public boolean column(String name) {
        return allColumns || columns.contains(name);
    }

    /** With these in the place of the {@code *}. */
    public Uses withAllColumns(List<String> all) {
        List<String> every =
                Stream.concat(columns.stream(), all.stream()).distinct().toList();
        return new Uses(relations, every, false, functions, types, strings, sequences, locksRows);
    }

    public Uses withRelations(List<Name> others) {
        return new Uses(others, columns, allColumns, functions, types, strings, sequences, locksRows);
    }
}
