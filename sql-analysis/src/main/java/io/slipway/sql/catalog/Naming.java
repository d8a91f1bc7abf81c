package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.IndexDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that PostgreSQL gives to what has none, as ChooseConstraintName and ChooseIndexName in its sources do. */
final class Naming {
    /** In bytes; longer ones are cut. */
    private static final int MAX_LENGTH = 63;

    private Naming() {}

    static String constraint(String table, Constraint constraint, Set<String> taken) {
        return switch (constraint.kind()) {
            case PRIMARY_KEY -> free(table, "", "pkey", taken);
            case UNIQUE -> free(table, joined(constraint.columns()), "key", taken);
            case FOREIGN_KEY -> free(table, joined(constraint.columns()), "fkey", taken);
            case EXCLUDE -> free(table, joined(constraint.columns()), "excl", taken);
            case NOT_NULL -> free(table, joined(constraint.columns()), "not_null", taken);
            case CHECK ->
                free(
                        table,
                        constraint.columns().size() == 1 ? constraint.columns().getFirst() : "",
                        "check",
                        taken);
        };
    }

    static String index(String table, IndexDefinition definition, Set<String> taken) {
        String columns = definition.keys().stream()
                .map(key -> {
                    String column = key.column();
                    var functions = key.expression().uses().functions();
                    return column != null
                            ? column
                            : functions.isEmpty()
                                    ? "expr"
                                    : functions.getFirst().local();
                })
                .collect(Collectors.joining("_"));
        return free(table, columns, "idx", taken);
    }

    private static String joined(List<String> columns) {
        return String.join("_", columns);
    }

    private static String free(String table, String middle, String suffix, Set<String> taken) {
        for (int pass = 0; ; pass++) {
            String ending = "_" + suffix + (pass == 0 ? "" : pass);
            String stem = middle.isEmpty() ? table : table + "_" + middle;
            String name = stem.substring(0, Math.min(stem.length(), MAX_LENGTH - ending.length())) + ending;
            if (!taken.contains(name)) {
                return name;
            }
        }
    }
}
