package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.output.Took;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of Flyway scripts on this machine, to travel inside a request. */
record ScriptFolder(Path folder) {
    private static final int MAX_DEPTH = 20;
    private static final Set<String> SETTINGS = Set.of("flyway.toml", "flyway.conf");

    /**
     * Reads all {@code .sql} and {@code .sql.conf} files below the folder, and Flyway's settings at its top.
     *
     * @throws CommandFailed when there is no such folder, nothing in it, too much, or text that is not UTF-8
     */
    ScriptSource.Inline read() {
        if (!Files.isDirectory(folder)) {
            throw CommandFailed.usage(
                    "There is no folder '%s'.".formatted(folder), "Give --dir a folder with Flyway scripts.");
        }
        List<ScriptFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path script : scripts()) {
            bytes += size(script);
            if (bytes > Topics.MAX_SCRIPT_BYTES) {
                throw tooLarge();
            }
            files.add(new ScriptFile(name(script), text(script)));
        }
        if (files.stream().noneMatch(file -> file.name().endsWith(".sql"))) {
            throw CommandFailed.usage(
                    "There are no .sql files below '%s'.".formatted(folder), "Is it the right folder?");
        }
        return new ScriptSource.Inline(files);
    }

    private List<Path> scripts() {
        try (Stream<Path> all = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(this::wanted)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private boolean wanted(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sql")
                || name.endsWith(".sql.conf")
                || (SETTINGS.contains(name) && folder.equals(file.getParent()));
    }

    private String name(Path script) {
        return folder.relativize(script).toString().replace('\\', '/');
    }

    private static long size(Path script) {
        try {
            return Files.size(script);
        } catch (IOException e) {
            throw unreadable(script, e);
        }
    }

    private static String text(Path script) {
        try {
            return Files.readString(script);
        } catch (MalformedInputException e) {
            throw CommandFailed.usage("'%s' is not UTF-8.".formatted(script), "Convert it; scripts travel as UTF-8.");
        } catch (IOException e) {
            throw unreadable(script, e);
        }
    }

    private CommandFailed tooLarge() {
        return new CommandFailed(
                ExitCode.REFUSED,
                "Too large",
                "The scripts below '%s' are larger than the %s that may travel in a request."
                        .formatted(folder, Took.size(Topics.MAX_SCRIPT_BYTES)),
                "Put them where the planner can read them and use --server-dir.");
    }

    private static CommandFailed unreadable(Path path, Exception e) {
        CommandFailed failed = CommandFailed.usage(
                "'%s' cannot be read: %s".formatted(path, e.getMessage()), "Check the permissions.");
        failed.initCause(e);
        return failed;
    }
}
