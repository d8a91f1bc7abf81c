package io.slipway.benchmarks.fleet;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.localstack.machine.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scripts that both sides run, each a version. */
record Project(List<ScriptFile> scripts) {

    Project {
        scripts = List.copyOf(scripts);
    }

    /** By turns a table with an index, and ten rows in it. */
    static Project of(int migrations) {
        return new Project(IntStream.rangeClosed(1, migrations)
                .mapToObj(version -> script(version, version % 2 == 1 ? table(version) : rows(version - 1)))
                .toList());
    }

    private static String table(int number) {
        return """
                CREATE TABLE item_%1$d (id bigint PRIMARY KEY, name text NOT NULL);
                CREATE INDEX item_%1$d_name ON item_%1$d (name);
                """.formatted(number);
    }

    private static String rows(int number) {
        return "INSERT INTO item_%d SELECT n, 'item ' || n FROM generate_series(1, 10) AS n;\n".formatted(number);
    }

    /** Each of one statement that does next to nothing. */
    static Project trivial(int migrations) {
        return new Project(IntStream.rangeClosed(1, migrations)
                .mapToObj(version -> script(version, "SELECT %d;\n".formatted(version)))
                .toList());
    }

    /** One script of statements that do next to nothing. */
    static Project statements(int statements) {
        return new Project(List.of(script(
                1,
                IntStream.rangeClosed(1, statements)
                        .mapToObj("SELECT %d;\n"::formatted)
                        .collect(Collectors.joining()))));
    }

    private static ScriptFile script(int version, String sql) {
        return new ScriptFile("V%d__step.sql".formatted(version), sql);
    }

    /** As the planner plans them on an empty database. */
    List<PlannedScript> planned() {
        return IntStream.rangeClosed(1, scripts.size())
                .mapToObj(version -> new PlannedScript(
                        PlannedScript.Kind.VERSIONED,
                        new MigrationVersion(String.valueOf(version)),
                        "step",
                        scripts.get(version - 1).name(),
                        null,
                        true,
                        scripts.get(version - 1).content(),
                        null,
                        null))
                .toList();
    }

    /** In a folder of their own, where Flyway reads them. */
    Path folder() {
        var folder = Folders.create(Folders.temporary("slipway-project-"));
        try {
            for (var script : scripts) {
                Files.writeString(folder.resolve(script.name()), script.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the scripts into " + folder, e);
        }
        return folder;
    }
}
