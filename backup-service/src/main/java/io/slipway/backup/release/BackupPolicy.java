package io.slipway.backup.release;

import io.slipway.backup.BackupConfig;
import io.slipway.backup.BackupConfig.Exemption;
import io.slipway.backup.BackupMode;
import java.util.Optional;

/** Whether the runs of a target get a backup: what is said of the target counts before what is said of its environment. */
final class BackupPolicy {
    private BackupPolicy() {}

    /** Why there is none; empty when there is to be one. */
    static Optional<String> skipped(BackupConfig config, String target, String environment) {
        Exemption own = config.targets().get(target);
        if (own != null) {
            return why(own.mode(), "slipway.backup.targets.\"%s\".mode".formatted(target));
        }
        Exemption shared = config.environments().get(environment);
        if (shared != null) {
            return why(shared.mode(), "slipway.backup.environments.\"%s\".mode".formatted(environment));
        }
        return why(config.mode(), "slipway.backup.mode");
    }

    private static Optional<String> why(BackupMode mode, String key) {
        return switch (mode) {
            case ALWAYS -> Optional.empty();
            case NEVER -> Optional.of("Backups are switched off by %s=never.".formatted(key));
        };
    }
}
