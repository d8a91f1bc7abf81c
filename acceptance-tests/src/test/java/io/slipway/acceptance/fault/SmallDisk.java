package io.slipway.acceptance.fault;

import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Target;
import io.slipway.localstack.machine.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A file system in memory for the tables of some targets, small enough to be filled. Mounting one takes root. */
record SmallDisk(Path folder, Sql server) implements AutoCloseable {
    private static final String SIZE = "64m";
    private static final int BLOCK = 8192;

    /** Long enough for the next statement to find the disk full. */
    private static final int FULL_MILLIS = 400;

    static boolean canBeMounted() {
        var folder = Folders.create(Folders.temporary("slipway-mount-"));
        boolean mounted = ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
        if (mounted) {
            run("umount", folder.toString());
        }
        Folders.delete(folder);
        return mounted;
    }

    /** Gives the targets, which are empty, their place on a disk that is mounted for them. */
    static SmallDisk under(Sql server, List<Target> targets) {
        var folder = Folders.create(Folders.temporary("slipway-disk-"));
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
        var disk = new SmallDisk(folder, server);
        server.execute("create tablespace small location '%s'".formatted(Folders.create(folder.resolve("tables"))));
        targets.forEach(target -> disk.place(target, "small"));
        return disk;
    }

    private void place(Target target, String tablespace) {
        target.sql().execute("drop schema public cascade; create schema public");
        server.execute("alter database %s set default_tablespace = '%s'".formatted(target.name(), tablespace));
        // Idle sessions would go on in the old place.
        server.rows(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(target.name()));
    }

    /** Takes all room for a moment. */
    void fill() {
        var ballast = folder.resolve("ballast");
        try (var file = Files.newOutputStream(ballast)) {
            while (true) {
                file.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            CompletableFuture.runAsync(
                            () -> empty(ballast), CompletableFuture.delayedExecutor(FULL_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
    }

    private static void empty(Path ballast) {
        try {
            Files.delete(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the targets off again; they are empty afterwards. */
    void leave(List<Target> targets) {
        targets.forEach(target -> place(target, "pg_default"));
        server.execute("drop tablespace small");
    }

    @Override
    public void close() {
        run("umount", "--lazy", folder.toString());
        Folders.delete(folder);
    }

    private static void run(String... command) {
        if (!ran(command)) {
            throw new IllegalStateException("This does not work: " + String.join(" ", command));
        }
    }

    private static boolean ran(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during: " + String.join(" ", command), e);
        }
    }
}
