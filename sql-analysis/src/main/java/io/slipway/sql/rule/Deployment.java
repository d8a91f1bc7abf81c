package io.slipway.sql.rule;

import java.util.List;
import java.util.Optional;

/**
 * All that will run together, and what lies beside it.
 *
 * @param files those that run, in their order
 * @param undos undo scripts at hand, which do not run now
 * @param rollback whether it takes back what was applied
 */
public record Deployment(
        List<MigrationFile> files, List<MigrationFile> undos, Environment environment, boolean rollback) {
    public Deployment {
        files = List.copyOf(files);
        undos = List.copyOf(undos);
    }

    public Optional<MigrationFile> undoOf(MigrationFile file) {
        return file.kind() == MigrationFile.Kind.VERSIONED && file.version() != null
                ? undos.stream().filter(undo -> undo.sameVersion(file)).findFirst()
                : Optional.empty();
    }

    /** Those that run after it, itself not included. */
    List<MigrationFile> after(MigrationFile file) {
        return files.subList(files.indexOf(file) + 1, files.size());
    }
}
