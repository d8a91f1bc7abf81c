package io.slipway.benchmarks.latency;

import io.slipway.contracts.ScriptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Flyway project that both sides migrate: a first version with twenty tables of a thousand rows each, then one version
 * for each run, which adds a column. The folder grows by one file for each run, as that of a product does.
 */
final class SmallDatabase {

    private static final int TABLES = 20;
    private static final String TABLE = """
            CREATE TABLE items_%1$d (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name text NOT NULL,
                price numeric(10, 2) NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now()
            );
            CREATE INDEX items_%1$d_name_idx ON items_%1$d (name);
            INSERT INTO items_%1$d (name, price)
            SELECT 'item ' || n, n %% 100 + 0.99 FROM generate_series(1, 1000) AS n;
            """;

    private final List<ScriptFile> scripts = new ArrayList<>();

    SmallDatabase() {
        var tables = new StringBuilder();
        for (var table = 1; table <= TABLES; table++) {
            tables.append(TABLE.formatted(table));
        }
        scripts.add(new ScriptFile("V1__small_shop.sql", tables.toString()));
    }

    /** Adds the next version. */
    void grow() {
        var version = scripts.size() + 1;
        scripts.add(new ScriptFile(
                "V%d__note_%1$d.sql".formatted(version),
                "ALTER TABLE items_%d ADD COLUMN note_%d text;\n".formatted(version % TABLES + 1, version)));
    }

    List<ScriptFile> scripts() {
        return List.copyOf(scripts);
    }

    int version() {
        return scripts.size();
    }

    /** Writes what is not in the folder yet. */
    void writeTo(Path folder) {
        for (var script : scripts) {
            var file = folder.resolve(script.name());
            try {
                if (!Files.exists(file)) {
                    Files.writeString(file, script.content());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }
    }
}
