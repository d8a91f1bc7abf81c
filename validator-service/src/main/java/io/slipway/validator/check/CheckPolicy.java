package io.slipway.validator.check;

import io.slipway.contracts.CheckNames;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.targets.pool.Reachability.Reachable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it means for a plan that the target is as it is. */
final class CheckPolicy {
    private CheckPolicy() {}

    /** @param expected the environment that the request takes the target for, where it says so */
    static List<PreMigrationCheck> decide(
            String environment, @Nullable String expected, Reachable server, TargetState now, Plan plan) {
        return List.of(
                answers(server),
                takesWrites(server),
                sameDatabase(now, plan.state()),
                sameHistory(now, plan.state()),
                environment(environment, expected, server));
    }

    /** No configuration makes this one milder: the executor could not begin. */
    static List<PreMigrationCheck> noSession(Reachable server, Failure failure) {
        return List.of(
                answers(server),
                takesWrites(server),
                new PreMigrationCheck(
                        CheckNames.PRIVILEGES,
                        false,
                        true,
                        "%s: %s %s".formatted(failure.code(), failure.message(), failure.remedy())));
    }

    private static PreMigrationCheck answers(Reachable server) {
        return new PreMigrationCheck(
                CheckNames.TARGET_ANSWERS,
                true,
                true,
                "Answered in %d ms.".formatted(server.took().toMillis()));
    }

    static PreMigrationCheck silent(Failure failure) {
        return new PreMigrationCheck(
                CheckNames.TARGET_ANSWERS,
                false,
                true,
                "%s: %s %s".formatted(failure.code(), failure.message(), failure.remedy()));
    }

    static PreMigrationCheck unknown(TargetId id) {
        return new PreMigrationCheck(
                CheckNames.TARGET_ANSWERS,
                false,
                true,
                "The validator knows no target '%s'. Configure the same targets for every service.".formatted(id));
    }

    /** No configuration makes this one milder: whoever takes production for something else must not reach it. */
    private static PreMigrationCheck environment(String actual, @Nullable String expected, Reachable server) {
        if (expected != null && !expected.equalsIgnoreCase(actual)) {
            return new PreMigrationCheck(
                    CheckNames.ENVIRONMENT,
                    false,
                    true,
                    "The request takes the target '%s' for environment '%s', but it is configured as '%s'. Name the right target, or correct the request or slipway.targets.%s.environment."
                            .formatted(server.target(), expected, actual, server.target()));
        }
        return new PreMigrationCheck(
                CheckNames.ENVIRONMENT,
                true,
                true,
                "Environment %s%s, PostgreSQL %s."
                        .formatted(actual, expected == null ? "" : ", as the request says", server.serverVersion()));
    }

    private static PreMigrationCheck takesWrites(Reachable server) {
        return server.inRecovery()
                ? new PreMigrationCheck(
                        CheckNames.TARGET_TAKES_WRITES,
                        false,
                        true,
                        "The server is in recovery, so it refuses writes. Point the target at the primary server.")
                : new PreMigrationCheck(CheckNames.TARGET_TAKES_WRITES, true, true, "The server is a primary one.");
    }

    /** A server that does not tell its identifier to the role is known by the name of the database only. */
    private static PreMigrationCheck sameDatabase(TargetState now, TargetState planned) {
        boolean sameSystem = now.systemIdentifier() == null
                || planned.systemIdentifier() == null
                || now.systemIdentifier().equals(planned.systemIdentifier());
        boolean same = sameSystem && now.database().equals(planned.database());
        return new PreMigrationCheck(
                CheckNames.TARGET_IS_PLANNED_ONE,
                same,
                true,
                same
                        ? "Database '%s' of the cluster that was planned for.".formatted(now.database())
                        : "Planned for database '%s' of cluster %s, but the target is now '%s' of cluster %s. Ask for the migration again."
                                .formatted(
                                        planned.database(),
                                        planned.systemIdentifier(),
                                        now.database(),
                                        now.systemIdentifier()));
    }

    /** Not critical here: the plan may wait for long, and its state is checked again on release and on execution. */
    private static PreMigrationCheck sameHistory(TargetState now, TargetState planned) {
        boolean same = now.historyDigest().equals(planned.historyDigest());
        return new PreMigrationCheck(
                CheckNames.HISTORY_UNCHANGED,
                same,
                false,
                same
                        ? "The history is the one that was planned for, %d migrations applied.".formatted(now.applied())
                        : "The history has changed since the plan was made: planned at version %s, now at %s."
                                .formatted(version(planned), version(now)));
    }

    private static String version(TargetState state) {
        return state.currentVersion() == null ? "none" : state.currentVersion().value();
    }
}
