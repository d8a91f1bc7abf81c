package io.slipway.cli.validate;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.rule.FlywayName;
import io.slipway.sql.rule.FlywayVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that were named, and those below the folders that were named, in the order in which Flyway runs them. */
record ScriptFiles(List<Named> files) {
    private static final int MAX_DEPTH = 20;

    /** @param name as findings call it: the path as it was given, or below the folder that was */
    record Named(Path path, String name, FlywayName flyway) {}

    ScriptFiles {
        files = List.copyOf(files);
    }

    /** @throws CommandFailed with 66 when there is no such file or folder */
    static ScriptFiles find(Path workingDirectory, List<Path> given) {
        List<Named> found = new ArrayList<>();
        for (Path each : given) {
            Path path = workingDirectory.resolve(each).normalize();
            if (Files.isDirectory(path)) {
                below(path, each, found);
            } else if (Files.exists(path)) {
                found.add(named(path, each.toString()));
            } else {
                throw unreadable("There is no file or folder '%s'.".formatted(each));
            }
        }
        if (found.isEmpty()) {
            throw unreadable("There are no .sql files below '%s'.".formatted(given.getFirst()));
        }
        return new ScriptFiles(found.stream().distinct().sorted(order()).toList());
    }

    private static void below(Path folder, Path given, List<Named> found) {
        try (Stream<Path> all = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(file -> file.getFileName().toString().endsWith(".sql") && !Files.isDirectory(file))
                    .forEach(file -> found.add(
                            named(file, given.resolve(folder.relativize(file)).toString())));
        } catch (IOException | UncheckedIOException e) {
            throw unreadable("'%s' cannot be read: %s".formatted(given, e.getMessage()));
        }
    }

    private static Named named(Path path, String name) {
        String shown = name.replace('\\', '/');
        return new Named(path, shown.startsWith("./") ? shown.substring(2) : shown, FlywayName.of(shown));
    }

    /** Versioned ones with their undo scripts by version, then repeatable ones by description, then all others by name. */
    private static Comparator<Named> order() {
        return Comparator.<Named>comparingInt(file -> switch (file.flyway().kind()) {
                    case VERSIONED, UNDO -> 0;
                    case REPEATABLE -> 1;
                    case CALLBACK -> 2;
                    case OTHER -> 3;
                })
                .thenComparing(file -> version(file).orElse(new FlywayVersion(List.of())))
                .thenComparing(file -> file.flyway().description())
                .thenComparing(file -> file.flyway().kind())
                .thenComparing(Named::name);
    }

    static Optional<FlywayVersion> version(Named file) {
        String version = file.flyway().version();
        return version == null ? Optional.empty() : FlywayVersion.of(version);
    }

    static Script.Kind kind(Named file) {
        return switch (file.flyway().kind()) {
            case VERSIONED -> Script.Kind.VERSIONED;
            case REPEATABLE -> Script.Kind.REPEATABLE;
            case UNDO -> Script.Kind.UNDO;
            case CALLBACK -> Script.Kind.CALLBACK;
            case OTHER -> Script.Kind.OTHER;
        };
    }

    static CommandFailed unreadable(String detail) {
        return new CommandFailed(
                ExitCode.UNREADABLE_INPUT, "Unreadable input", detail, "Name Flyway scripts, or a folder of them.");
    }
}
