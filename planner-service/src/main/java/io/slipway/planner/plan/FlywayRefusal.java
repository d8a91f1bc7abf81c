package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;

/** Says in our words what Flyway finds wrong, with a way out that exists here. */
final class FlywayRefusal {
    private static final int MOST_OTHERS = 10;
    private static final String RESTORE = "Restore the script as it was applied, and put changes into a new version.";

    private FlywayRefusal() {}

    /**
     * @param invalid not empty, in Flyway's order
     * @param all what Flyway knows of scripts and history
     */
    static Failure of(List<ValidateOutput> invalid, List<? extends MigrationInfo> all) {
        ValidateOutput first = invalid.getFirst();
        String others = invalid.stream()
                .skip(1)
                .limit(MOST_OTHERS)
                .map(output -> output.version.isEmpty() ? "'%s'".formatted(output.description) : output.version)
                .collect(Collectors.joining(", "));
        String more = others.isEmpty() ? "" : " %d more do not fit: %s.".formatted(invalid.size() - 1, others);
        return all.stream()
                .filter(migration -> same(first, migration))
                .findFirst()
                .map(migration -> failure(migration, first.errorDetails, more))
                .orElseGet(() -> Failure.of("VALIDATE_ERROR", first.errorDetails.errorMessage.strip() + more, RESTORE));
    }

    static boolean same(ValidateOutput output, MigrationInfo migration) {
        String version =
                migration.getVersion() == null ? "" : migration.getVersion().getVersion();
        return version.equals(output.version) && migration.getDescription().equals(output.description);
    }

    /** What Flyway threw while it read scripts, before it compared anything. */
    static Failure of(FlywayException e) throws SQLException {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                throw sql;
            }
        }
        String message = String.valueOf(e.getMessage()).strip();
        return switch (e.getErrorCode()) {
            case CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION ->
                Failure.of("DUPLICATE_VERSION", message, "Give one of the scripts another version.");
            case CoreErrorCode.DUPLICATE_REPEATABLE_MIGRATION ->
                Failure.of("DUPLICATE_REPEATABLE", message, "Give one of the scripts another description.");
            default ->
                Failure.of(
                        "SCRIPTS_UNUSABLE",
                        message,
                        "Correct the script that the message names, and send a new request.");
        };
    }

    private static Failure failure(MigrationInfo migration, ErrorDetails error, String more) {
        String label = label(migration);
        ErrorCode code = error.errorCode;
        if (code == CoreErrorCode.CHECKSUM_MISMATCH) {
            return script(
                    "CHECKSUM_CHANGED",
                    migration,
                    "%s was changed after it was applied: its checksum is %s, the history has %s."
                                    .formatted(label, migration.getResolvedChecksum(), migration.getAppliedChecksum())
                            + more,
                    "Restore the script as it was applied and put the change into a new version; if the database has the change, run 'flyway repair'.");
        }
        if (code == CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED
                || code == CoreErrorCode.APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED) {
            return script(
                    "APPLIED_SCRIPT_MISSING",
                    migration,
                    "%s is applied on the target, but no script of the request has it.".formatted(label) + more,
                    "Add the script again; or, if it was removed on purpose, run 'flyway repair'.");
        }
        if (code == CoreErrorCode.FAILED_VERSIONED_MIGRATION || code == CoreErrorCode.FAILED_REPEATABLE_MIGRATION) {
            return script(
                    "FAILED_MIGRATION_IN_HISTORY",
                    migration,
                    "%s failed half-way on the target and its history says so.".formatted(label) + more,
                    "Request it with 'resume', and it goes on at the statement that failed; or remove what it left behind, such as an INVALID index, then run 'flyway repair'.");
        }
        if (code == CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED) {
            return script(
                    "OUT_OF_ORDER",
                    migration,
                    "%s is below the version that the target has, and was never applied.".formatted(label) + more,
                    "Give it a higher version; or allow it with 'settings.outOfOrder'.");
        }
        return script(
                code instanceof CoreErrorCode known ? known.name() : "VALIDATE_ERROR",
                migration,
                "%s does not fit the history of the target: %s".formatted(label, error.errorMessage.strip()) + more,
                RESTORE);
    }

    private static Failure script(String code, MigrationInfo migration, String message, String remedy) {
        return new Failure(code, message, remedy, null, migration.getScript(), 0);
    }

    private static String label(MigrationInfo migration) {
        return migration.getVersion() == null
                ? "The repeatable migration '%s' ('%s')".formatted(migration.getDescription(), migration.getScript())
                : "Version %s ('%s')".formatted(migration.getVersion(), migration.getScript());
    }
}
