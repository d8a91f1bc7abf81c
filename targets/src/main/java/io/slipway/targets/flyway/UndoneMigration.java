package io.slipway.targets.flyway;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.info.AppliedMigrationAttributes;
import org.flywaydb.core.internal.info.MigrationInfoContext;
import org.flywaydb.core.internal.schemahistory.BaseAppliedMigration;
import org.flywaydb.core.internal.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * A row that says that a version was taken back, as paid editions of Flyway write it; without this every command of the
 * open one fails on such a row. Flyway finds it as a plugin.
 */
public final class UndoneMigration extends BaseAppliedMigration {
    /** For Flyway, which asks it for {@link #create rows}. */
    public UndoneMigration() {}

    private UndoneMigration(
            int installedRank,
            MigrationVersion version,
            String description,
            UndoType type,
            String script,
            @Nullable Integer checksum,
            Date installedOn,
            String installedBy,
            int executionTime,
            boolean success) {
        super(
                installedRank,
                version,
                description,
                type,
                script,
                checksum,
                installedOn,
                installedBy,
                executionTime,
                success);
    }

    @Override
    public boolean handlesType(String type) {
        return Arrays.stream(UndoType.values()).anyMatch(known -> known.name().equals(type));
    }

    @Override
    public AppliedMigration create(
            int installedRank,
            MigrationVersion version,
            String description,
            String type,
            String script,
            @Nullable Integer checksum,
            Date installedOn,
            String installedBy,
            int executionTime,
            boolean success) {
        return new UndoneMigration(
                installedRank,
                version,
                description,
                UndoType.valueOf(type),
                script,
                checksum,
                installedOn,
                installedBy,
                executionTime,
                success);
    }

    @Override
    public MigrationState getState(
            MigrationInfoContext context, boolean outOfOrder, @Nullable ResolvedMigration resolved) {
        return isSuccess() ? MigrationState.SUCCESS : MigrationState.FAILED;
    }

    /** It is about a version and is none: the highest applied one must not be read off it. */
    @Override
    public boolean isVersioned() {
        return false;
    }

    /** The version counts as pending again: its last row before this one is marked. */
    @Override
    public void updateAttributes(List<Pair<AppliedMigration, AppliedMigrationAttributes>> rows) {
        rows.stream()
                .filter(row -> isSuccess() && takenBack(row.getLeft()))
                .max(Comparator.comparingInt(row -> row.getLeft().getInstalledRank()))
                .ifPresent(row -> row.getRight().undone = true);
    }

    private boolean takenBack(AppliedMigration row) {
        return row.getInstalledRank() < getInstalledRank()
                && getVersion().equals(row.getVersion())
                && !row.getType().isUndo()
                && !row.getType().isSynthetic();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UndoneMigration && super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
