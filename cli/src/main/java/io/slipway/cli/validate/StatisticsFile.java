package io.slipway.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.output.Json;
import io.slipway.sql.ast.Name;
import io.slipway.sql.rule.TableSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Sizes of tables, as a file tells them: {@code {"tables": {"public.orders": {"rows": 1200000, "bytes": 734003200}}}}. A name without
 * a schema is one of {@code public}.
 */
final class StatisticsFile {
    private StatisticsFile() {}

    static TableSizes read(Path file) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(file.toFile());
        } catch (IOException e) {
            throw ScriptFiles.unreadable("The statistics '%s' cannot be read: %s".formatted(file, e.getMessage()));
        }
        if (!json.path("tables").isObject()) {
            throw ScriptFiles.unreadable(
                    "The statistics '%s' have no object \"tables\" with the names of tables in it.".formatted(file));
        }
        Map<Name, TableSizes.Size> sizes = new HashMap<>();
        json.path("tables")
                .properties()
                .forEach(table -> sizes.put(
                        name(table.getKey()),
                        new TableSizes.Size(
                                table.getValue().path("rows").asLong(Long.MAX_VALUE),
                                table.getValue().path("bytes").asLong(0))));
        return new TableSizes(sizes);
    }

    private static Name name(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new Name("public", text) : new Name(text.substring(0, dot), text.substring(dot + 1));
    }
}
