package io.slipway.backup.release;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Targets of every kind, and a backup directory of its own. */
public class BackupTargetsResource implements QuarkusTestResourceLifecycleManager {
    static final String WRONG_PASSWORD = "of-yesterday";

    private final Path directory = newDirectory();

    @Override
    public Map<String, String> start() {
        Database good = SharedServers.freshDatabase("backed_up");
        Map<String, String> config = new HashMap<>();
        config.put("slipway.targets.kept.url", good.url());
        config.put("slipway.targets.repeated.url", good.url());
        config.put("slipway.targets.switched-off.url", good.url());
        config.put("slipway.backup.targets.switched-off.mode", "never");
        config.put("slipway.targets.scratch.url", good.url());
        config.put("slipway.targets.scratch.environment", "scratch");
        config.put("slipway.backup.environments.scratch.mode", "never");
        config.put(
                "slipway.targets.wrong-password.url",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(good.user(), WRONG_PASSWORD, good.host(), good.port(), good.name()));
        config.put("slipway.targets.down.url", "postgresql://nobody:none@127.0.0.1:1/nothing");
        config.put("slipway.backup.directory", directory.toString());
        config.put("slipway.backup.keep.count", "2");
        config.put("slipway.backup.attempts", "2");
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("slipway-backups-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
