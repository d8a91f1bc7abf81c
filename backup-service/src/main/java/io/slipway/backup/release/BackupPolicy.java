package io.slipway.backup.release;

import io.slipway.backup.BackupConfig;
import io.slipway.backup.BackupConfig.Exemption;
import io.slipway.backup.BackupMode;
import io.slipway.contracts.event.RunReleased;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run gets a backup: what policy said at its release counts before the settings, and there what is said of the
 * target before what is said of its environment.
 */
final class BackupPolicy {
    private BackupPolicy() {}

    /** Why there is none; empty when there is to be one. */
    static Optional<String> skipped(
            BackupConfig config, RunReleased.@Nullable Backup policy, String target, String environment) {
        return switch (policy) {
            case REQUIRED -> Optional.empty();
            case LEFT_OUT -> Optional.of("The policy of the target leaves backups out of runs that can be undone.");
            case null -> skipped(config, target, environment);
        };
    }

    private static Optional<String> skipped(BackupConfig config, String target, String environment) {
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
