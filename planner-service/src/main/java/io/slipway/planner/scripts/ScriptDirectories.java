package io.slipway.planner.scripts;

import io.slipway.contracts.ScriptFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads scripts from below the directories that the configuration allows, and from nowhere else. */
final class ScriptDirectories {
    private static final String FIX_PATH =
            "Name a directory below one that 'slipway.planner.script-directories' of the planner allows.";

    private final List<Path> allowed;
    private final int maxFiles;

    ScriptDirectories(List<Path> allowed, int maxFiles) {
        this.allowed =
                allowed.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        this.maxFiles = maxFiles;
    }

    Scripts read(String asked) {
        try {
            return Scripts.found(files(asked));
        } catch (Unreadable e) {
            return new Scripts.Unusable(e.failure());
        }
    }

    private List<ScriptFile> files(String asked) throws Unreadable {
        if (allowed.isEmpty()) {
            throw new Unreadable(
                    "DIRECTORIES_NOT_ALLOWED",
                    "The request names the directory '%s', but this planner reads scripts from no directory."
                            .formatted(asked),
                    "Set 'slipway.planner.script-directories', or send the scripts inside the request.");
        }
        Path root = inside(asked);
        List<ScriptFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path path : new ScriptWalk(root, maxFiles).scripts()) {
            bytes += size(path);
            if (!ScriptBound.exceededBy(bytes)) {
                files.add(ScriptText.file(name(root, path), bytes(path)));
            }
        }
        if (ScriptBound.exceededBy(bytes)) {
            throw new Unreadable(ScriptBound.failure(bytes));
        }
        return files;
    }

    /** Both before and after links are resolved, so that a path outside does not even tell whether it exists. */
    private Path inside(String asked) throws Unreadable {
        Path path;
        try {
            path = allowed.getFirst().resolve(asked).normalize();
        } catch (InvalidPathException e) {
            throw new Unreadable(
                    "DIRECTORY_UNREADABLE", "'%s' is no path: %s".formatted(asked, e.getReason()), FIX_PATH, e);
        }
        if (allowed.stream().noneMatch(path::startsWith)) {
            throw outside(asked);
        }
        try {
            Path real = path.toRealPath();
            for (Path root : allowed) {
                if (Files.exists(root) && real.startsWith(root.toRealPath())) {
                    return real;
                }
            }
            throw outside(asked);
        } catch (IOException e) {
            throw unreadable("directory", asked, e);
        }
    }

    private static Unreadable outside(String asked) {
        return new Unreadable(
                "DIRECTORY_NOT_ALLOWED",
                "The directory '%s' lies outside of those that this planner may read.".formatted(asked),
                FIX_PATH);
    }

    private static long size(Path path) throws Unreadable {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw unreadable("script", path.toString(), e);
        }
    }

    private static byte[] bytes(Path path) throws Unreadable {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable("script", path.toString(), e);
        }
    }

    private static String name(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    static Unreadable unreadable(String what, String path, IOException e) {
        String why =
                switch (e) {
                    case NoSuchFileException _ -> "it does not exist";
                    case NotDirectoryException _ -> "it is not a directory";
                    case AccessDeniedException _ -> "the planner's user may not read it";
                    default -> e.getClass().getSimpleName();
                };
        return new Unreadable(
                "DIRECTORY_UNREADABLE",
                "The %s '%s' cannot be read: %s.".formatted(what, path, why),
                "Correct the path, or give the planner's user the right to read it; the planner reads its own file system.",
                e);
    }
}
