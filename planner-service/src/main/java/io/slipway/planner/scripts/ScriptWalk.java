package io.slipway.planner.scripts;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the scripts below a directory. Hidden entries are passed over, links are followed to files inside it only. */
final class ScriptWalk {
    private static final int MAX_DEPTH = 20;

    private final Path root;
    private final int maxFiles;
    private final List<Path> found = new ArrayList<>();
    private int seen;

    /**
     * @param root a real path
     */
    ScriptWalk(Path root, int maxFiles) {
        this.root = root;
        this.maxFiles = maxFiles;
    }

    /** In the order of their names. */
    List<Path> scripts() throws Unreadable {
        walk(root, 0);
        return found.stream().sorted().toList();
    }

    private void walk(Path directory, int depth) throws Unreadable {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (++seen > maxFiles || depth > MAX_DEPTH) {
                    throw tooMany();
                }
                if (!entry.getFileName().toString().startsWith(".")) {
                    take(entry, depth);
                }
            }
        } catch (IOException e) {
            throw ScriptDirectories.unreadable("directory", directory.toString(), e);
        }
    }

    private void take(Path entry, int depth) throws IOException, Unreadable {
        boolean script = ScriptNames.wanted(entry.getFileName().toString(), depth == 0);
        if (Files.isSymbolicLink(entry)) {
            if (Files.isDirectory(entry) || (script && !entry.toRealPath().startsWith(root))) {
                throw link(entry);
            }
        } else if (Files.isDirectory(entry)) {
            walk(entry, depth + 1);
            return;
        }
        if (script && Files.isRegularFile(entry)) {
            found.add(entry);
        }
    }

    private Unreadable link(Path entry) {
        return new Unreadable(
                "LINK_NOT_FOLLOWED",
                "'%s' is a symbolic link that leads out of the directory, or to a directory; it is not followed."
                        .formatted(root.relativize(entry)),
                "Replace the link by the files themselves.");
    }

    private Unreadable tooMany() {
        return new Unreadable(
                "TOO_MANY_FILES",
                "The directory '%s' holds more than %d entries, or more than %d levels."
                        .formatted(root.getFileName(), maxFiles, MAX_DEPTH),
                "Name the directory of the scripts itself, or raise 'slipway.planner.max-files'.");
    }
}
