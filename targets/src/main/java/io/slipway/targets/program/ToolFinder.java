package io.slipway.targets.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds {@code pg_dump} on the machine. */
public final class ToolFinder {
    /** Where Debian keeps one folder of programs per major version. */
    public static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private ToolFinder() {}

    /**
     * Debian's {@code /usr/bin/pg_dump} is a Perl script that looks for local clusters and then runs the real program: a
     * tenth of a second per call. The real one is taken instead.
     *
     * @param path as in the environment variable
     */
    public static Optional<Path> onPath(String path, Path debian) throws IOException {
        for (String folder : path.split(File.pathSeparator)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder).resolve("pg_dump");
            if (Files.isExecutable(candidate)) {
                boolean wrapper = candidate.toRealPath().endsWith("pg_wrapper");
                return wrapper ? newest(debian).or(() -> Optional.of(candidate)) : Optional.of(candidate);
            }
        }
        return newest(debian);
    }

    private static Optional<Path> newest(Path debian) throws IOException {
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        Map<Double, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> majors = Files.newDirectoryStream(debian, "[0-9]*")) {
            for (Path major : majors) {
                Path candidate = major.resolve("bin/pg_dump");
                if (Files.isExecutable(candidate)) {
                    found.put(major(major), candidate);
                }
            }
        }
        return found.values().stream().reduce((older, newer) -> newer);
    }

    /** Folders before 10 are called {@code 9.6}. */
    private static double major(Path folder) {
        try {
            return Double.parseDouble(String.valueOf(folder.getFileName()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
