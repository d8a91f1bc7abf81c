package io.slipway.validator.check;

import io.slipway.validator.check.outcome.Judgement;
import java.sql.SQLException;
import java.time.Duration;

/** What it means that a check has no answer: never that all is well. */
final class UnansweredPolicy {
    private UnansweredPolicy() {}

    static Judgement of(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "42501" ->
                Judgement.unknown(
                        "Not visible to this role: %s.".formatted(message(e)),
                        "Grant pg_monitor to the role that migrates.");
            case "57014" ->
                Judgement.unknown(
                        "The target did not answer within slipway.validator.check-timeout.",
                        "Look at the load of the server; it takes milliseconds otherwise.");
            case "55P03" ->
                Judgement.unknown(
                        "The target did not answer: somebody holds a lock on its catalogue or on these tables.",
                        "Look for sessions that hold ACCESS EXCLUSIVE locks in pg_locks.");
            default ->
                Judgement.unknown(
                        "The target did not answer: %s.".formatted(message(e)), "Look at the log of the server.");
        };
    }

    static Judgement of(RuntimeException e) {
        return Judgement.unknown(
                "The check itself has failed: %s.".formatted(e),
                "This is a fault of the validator; its log says more. slipway.validator.checks.<name>.enabled=false switches a check off.");
    }

    static Judgement outOfTime(Duration budget) {
        return Judgement.unknown(
                "Not asked: the checks before it took all of the %d ms of slipway.validator.check-budget."
                        .formatted(budget.toMillis()),
                "Look at the load of the server; it takes milliseconds otherwise.");
    }

    static Judgement relationsUnread(String why) {
        return Judgement.unknown(
                "The tables that the plan is about could not be looked up: %s".formatted(why),
                "Look at the log of the server and ask again.");
    }

    /** Only the first line: the rest of a message of PostgreSQL may repeat the query. */
    private static String message(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
