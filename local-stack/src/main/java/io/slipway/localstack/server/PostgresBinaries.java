package io.slipway.localstack.server;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per version into the user's cache folder. */
final class PostgresBinaries {

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    static synchronized PostgresBinaries unpack() {
        try {
            var archive = archive();
            var root = cache().resolve("postgresql-" + digest(archive));
            if (!Files.isDirectory(root)) {
                unpack(archive, root);
            }
            return new PostgresBinaries(root);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL", e);
        }
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    private static Path cache() {
        return Folders.create(Path.of(System.getProperty("user.home"), ".cache", "slipway"));
    }

    private static byte[] archive() throws IOException {
        var architecture = System.getProperty("os.arch");
        var system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        var hardware = "amd64".equals(architecture) ? "x86_64" : architecture;
        try (var in = resolver().getPgBinary(system, hardware)) {
            return in.readAllBytes();
        }
    }

    private static PgBinaryResolver resolver() {
        int major = Servers.postgresMajor();
        return major == Servers.POSTGRES_MAJOR
                ? DefaultPostgresBinaryResolver.INSTANCE
                : PostgresArchive.fetched(major, Checkout.locate());
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(archive))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Another process may do the same at the same time: whoever renames first wins, and the other folder is dropped. */
    private static void unpack(byte[] archive, Path root) throws IOException {
        var own = Files.createTempDirectory(root.getParent(), "unpacking-");
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, own.resolve(entry.getName()).normalize(), own);
            }
        }
        try {
            Files.move(own, root);
        } catch (IOException e) {
            Folders.delete(own);
            if (!Files.isDirectory(root)) {
                throw e;
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file, Path within)
            throws IOException {
        if (!file.startsWith(within)) {
            throw new IOException("The archive of PostgreSQL names a file outside of it: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, file);
            if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }
}
