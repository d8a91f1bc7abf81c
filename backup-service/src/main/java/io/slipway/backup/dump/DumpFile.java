package io.slipway.backup.dump;

import io.slipway.contracts.TargetId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a dump is written and where it ends up: {@code <directory>/<target>/<UTC time>-<id>.dump}, with {@code .part}
 * behind it until it is whole. Only the service's own account can read it: a dump holds all of a database.
 */
record DumpFile(Path folder, Path part, Path complete) {
    private static final String PART = ".part";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    static DumpFile in(Path folder, String id, Instant now) {
        Path complete = folder.resolve("%s-%s.dump".formatted(TIME.format(now), id));
        return new DumpFile(folder, complete.resolveSibling(complete.getFileName() + PART), complete);
    }

    static Path folder(Path directory, TargetId target) {
        return directory.toAbsolutePath().normalize().resolve(target.name());
    }

    /** Makes the folder and the empty file. */
    void create() throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createDirectories(folder);
            Files.createFile(part);
        }
    }

    /** After this it survives a power cut. */
    void publish() throws IOException {
        Files.move(part, complete, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    void discard() throws IOException {
        Files.deleteIfExists(part);
    }

    /** What earlier attempts of {@code id} left half-written. */
    static List<Path> leftovers(Path folder, String id) throws IOException {
        return ending(folder, "-" + id + ".dump" + PART);
    }

    /** The complete dumps of {@code id}. */
    static List<Path> complete(Path folder, String id) throws IOException {
        return ending(folder, "-" + id + ".dump");
    }

    private static List<Path> ending(Path folder, String end) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + end)) {
                files.forEach(found::add);
            }
        }
        return found;
    }
}
