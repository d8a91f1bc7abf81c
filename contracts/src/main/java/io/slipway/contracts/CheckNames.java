package io.slipway.contracts;

import java.util.Set;

/** The names of the checks that the validator makes on a target, as verdicts, policies and configuration have them. */
public final class CheckNames {
    public static final String TARGET_ANSWERS = "target-answers";
    public static final String TARGET_TAKES_WRITES = "target-takes-writes";
    public static final String TARGET_IS_PLANNED_ONE = "target-is-planned-one";
    public static final String HISTORY_UNCHANGED = "history-unchanged";
    public static final String ENVIRONMENT = "environment";
    public static final String PENDING_MIGRATIONS = "pending-migrations";
    public static final String BACKUP = "backup";
    public static final String PRIVILEGES = "privileges";
    public static final String EXTENSIONS = "extensions";
    public static final String CONNECTIONS = "connections";
    public static final String LONG_TRANSACTIONS = "long-transactions";
    public static final String IDLE_IN_TRANSACTION = "idle-in-transaction";
    public static final String PREPARED_TRANSACTIONS = "prepared-transactions";
    public static final String REPLICATION_LAG = "replication-lag";
    public static final String REPLICATION_SLOTS = "replication-slots";
    public static final String WRAPAROUND = "wraparound";
    public static final String LOCKS = "locks";
    public static final String AUTOVACUUM = "autovacuum";
    public static final String INVALID_INDEXES = "invalid-indexes";
    public static final String SEQUENCES = "sequences";
    public static final String DISK_SPACE = "disk-space";

    /** All of them. */
    public static final Set<String> ALL = Set.of(
            TARGET_ANSWERS,
            TARGET_TAKES_WRITES,
            TARGET_IS_PLANNED_ONE,
            HISTORY_UNCHANGED,
            ENVIRONMENT,
            PENDING_MIGRATIONS,
            BACKUP,
            PRIVILEGES,
            EXTENSIONS,
            CONNECTIONS,
            LONG_TRANSACTIONS,
            IDLE_IN_TRANSACTION,
            PREPARED_TRANSACTIONS,
            REPLICATION_LAG,
            REPLICATION_SLOTS,
            WRAPAROUND,
            LOCKS,
            AUTOVACUUM,
            INVALID_INDEXES,
            SEQUENCES,
            DISK_SPACE);

    private CheckNames() {}
}
