package io.slipway.validator.check.outcome;

import io.slipway.contracts.CheckNames;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks that configuration can switch and bound, in the order in which a verdict lists them. */
public enum Check {
    PENDING(CheckNames.PENDING_MIGRATIONS, Unit.MIGRATIONS),
    /** The age counts where the run will make no backup of its own. */
    BACKUP(CheckNames.BACKUP, Unit.SECONDS, "24h"),
    PRIVILEGES(CheckNames.PRIVILEGES, Default.CRITICAL, null, null, true),
    EXTENSIONS(CheckNames.EXTENSIONS, Default.CRITICAL, null, null, false),
    CONNECTIONS(CheckNames.CONNECTIONS, Unit.PERCENT, "90%"),
    LONG_TRANSACTIONS(CheckNames.LONG_TRANSACTIONS, Unit.SECONDS, "60s"),
    IDLE_IN_TRANSACTION(CheckNames.IDLE_IN_TRANSACTION, Unit.SECONDS, "60s"),
    PREPARED_TRANSACTIONS(CheckNames.PREPARED_TRANSACTIONS, Unit.SECONDS, "60s"),
    REPLICATION_LAG(CheckNames.REPLICATION_LAG, Unit.SECONDS, "30s"),
    REPLICATION_SLOTS(CheckNames.REPLICATION_SLOTS, Unit.BYTES, "1G"),
    WRAPAROUND(CheckNames.WRAPAROUND, Default.REMARKED, Unit.TRANSACTIONS, "500000000", true),
    LOCKS(CheckNames.LOCKS, Default.REMARKED, Unit.SESSIONS, "0", true),
    AUTOVACUUM(CheckNames.AUTOVACUUM, Default.REMARKED, Unit.TABLES, "0", true),
    INVALID_INDEXES(CheckNames.INVALID_INDEXES, Default.REMARKED, Unit.INDEXES, "0", true),
    SEQUENCES(CheckNames.SEQUENCES, Default.REMARKED, Unit.PERCENT, "80%", true),
    /** The percentage is that of the free space which the plan takes. */
    DISK_SPACE(CheckNames.DISK_SPACE, Default.CRITICAL, Unit.PERCENT, "80%", true);

    private enum Default {
        CRITICAL,
        REMARKED
    }

    private final String text;
    private final boolean critical;
    private final @Nullable Unit unit;
    private final @Nullable String limit;
    private final boolean onRelations;

    Check(String text, Unit unit) {
        this(text, Default.REMARKED, unit, null, false);
    }

    Check(String text, Unit unit, String limit) {
        this(text, Default.REMARKED, unit, limit, false);
    }

    Check(String text, Default weight, @Nullable Unit unit, @Nullable String limit, boolean onRelations) {
        this.text = text;
        this.critical = weight == Default.CRITICAL;
        this.unit = unit;
        this.limit = limit;
        this.onRelations = onRelations;
    }

    public static Optional<Check> find(String text) {
        return Arrays.stream(values()).filter(check -> check.text.equals(text)).findFirst();
    }

    /** As configuration and verdicts call it. */
    public String text() {
        return text;
    }

    public boolean criticalByDefault() {
        return critical;
    }

    public Optional<String> defaultLimit() {
        return Optional.ofNullable(limit);
    }

    /** Nothing for a check that has no figure. */
    public Optional<Unit> unit() {
        return Optional.ofNullable(unit);
    }

    /** Whether it has to know which tables the plan is about. */
    public boolean onRelations() {
        return onRelations;
    }
}
