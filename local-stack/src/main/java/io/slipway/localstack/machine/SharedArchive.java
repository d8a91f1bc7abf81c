package io.slipway.localstack.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A JVM's loaded classes, kept from its first orderly end for all later starts: it saves the broker over a third of the
 * processor time of a start, which tests and demo pay many times.
 *
 * @param file the archive; its name stands for the exact class path, since the JVM ignores one that was made for another
 */
public record SharedArchive(Path file) {

    /** The archive for a class path, in the given folder, whether it exists yet or not. */
    public static SharedArchive of(List<Path> classPath, Path folder) {
        return new SharedArchive(
                folder.resolve("classes-" + Fingerprint.of(classPath, List.of()).text() + ".jsa"));
    }

    /** The JVM options that use the archive, or that make one in the scratch folder when the JVM ends. */
    public List<String> options(Path scratch) {
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:ArchiveClassesAtExit=" + made(scratch), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /** Keeps what a JVM has made when it ended; a move, so that another JVM never reads half of it. */
    public void keep(Path scratch) {
        var made = made(scratch);
        if (!Files.exists(made)) {
            return;
        }
        try {
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep " + made + " as " + file, e);
        }
    }

    private static Path made(Path scratch) {
        return scratch.resolve("classes.jsa");
    }
}
