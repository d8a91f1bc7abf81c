package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.AccessStatement.SetParameter;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.effect.LockMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How long a script lets others wait before it gives up. */
final class TimeoutRules {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(us|ms|s|min|h|d)?");

    private TimeoutRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("missing-lock-timeout")
                        .warning(AVAILABILITY, "A lock that others wait for, and no lock_timeout")
                        .in(Profile.STRICT)
                        .errorInStrict()
                        .happens(
                                "While it waits for the lock, everybody who comes after waits behind it. Slipway sets a timeout for what it"
                                        + " runs; other tools do not.")
                        .bad("ALTER TABLE orders ADD a int;", "ALTER TABLE orders ADD a int; SET lock_timeout = '2s';")
                        .good(
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD b int;",
                                "SET lock_timeout = '2s'; CREATE TABLE t (a int);")
                        .statement((statement, situation) -> missing(
                                situation,
                                "lock_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL lock_timeout = '2s';")),
                Rule.named("missing-statement-timeout")
                        .info(AVAILABILITY, "A lock that others wait for, and no statement_timeout")
                        .in(Profile.STRICT)
                        .happens("A statement that takes longer than anybody thought holds its locks for as long.")
                        .bad("ALTER TABLE orders ADD a int;")
                        .good("SET statement_timeout = '30s'; ALTER TABLE orders ADD a int;")
                        .statement((statement, situation) -> missing(
                                situation,
                                "statement_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL statement_timeout = '30s';")),
                Rule.named("missing-idle-timeout")
                        .info(AVAILABILITY, "A lock that others wait for, and no idle_in_transaction_session_timeout")
                        .in(Profile.STRICT)
                        .happens("When the client goes away in the middle, the locks stay until the server notices.")
                        .bad("ALTER TABLE orders ADD a int;")
                        .good("SET idle_in_transaction_session_timeout = '1min'; ALTER TABLE orders ADD a int;")
                        .statement((statement, situation) -> missing(
                                situation,
                                "idle_in_transaction_session_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL idle_in_transaction_session_timeout = '1min';")),
                Rule.named("lock-timeout-ordering")
                        .error(AVAILABILITY, "SET lock_timeout behind the statement that needs it")
                        .happens("The statement before it has waited without a limit already.")
                        .bad("ALTER TABLE orders ADD a int; SET lock_timeout = '2s';")
                        .good(
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int;",
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int; RESET lock_timeout;")
                        .statement(TimeoutRules::late),
                Rule.named("lock-timeout-zero")
                        .error(AVAILABILITY, "lock_timeout set to 0")
                        .happens("0 means to wait for ever, and everybody who comes after waits behind it.")
                        .bad("SET lock_timeout = 0;", "SET LOCAL lock_timeout TO '0s';")
                        .good("SET lock_timeout = '2s';", "RESET lock_timeout;")
                        .statement((statement, situation) -> timeout(statement) == 0
                                ? List.of(Hit.of(statement.span(), "lock_timeout 0 waits for ever.")
                                        .safer("SET LOCAL lock_timeout = '2s';"))
                                : List.of()),
                Rule.named("lock-timeout-too-long")
                        .warning(AVAILABILITY, "lock_timeout of more than 10 seconds")
                        .happens("For as long as it waits, everybody who comes after waits behind it.")
                        .bad("SET lock_timeout = '5min';", "SET lock_timeout = 60000;")
                        .good("SET lock_timeout = '5s';", "SET lock_timeout = 2000;")
                        .statement((statement, situation) -> timeout(statement) > 10_000
                                ? List.of(Hit.of(
                                                statement.span(),
                                                "lock_timeout lets others wait for more than 10 seconds.")
                                        .safer("SET LOCAL lock_timeout = '2s';"))
                                : List.of()));
    }

    private static List<Hit> missing(Situation situation, String parameter, LockMode atLeast, String safer) {
        boolean waitedFor = situation.effects().locksOnExisting().stream()
                .anyMatch(lock -> lock.mode().compareTo(atLeast) >= 0 && situation.exists(lock.relation()));
        boolean first = waitedFor
                && situation.held().atLeast(LockMode.SHARE).isEmpty()
                && situation.statement() == situation.whole();
        return first && situation.preceding().stream().noneMatch(before -> sets(before, parameter))
                ? List.of(situation
                        .hit("It waits for its lock without a %s.".formatted(parameter))
                        .safer(safer))
                : List.of();
    }

    private static boolean sets(Statement statement, String parameter) {
        return statement instanceof SetParameter set
                && set.parameter().equals(parameter)
                && !set.values().isEmpty();
    }

    private static List<Hit> late(Statement statement, Situation situation) {
        boolean late = sets(statement, "lock_timeout")
                && !situation.held().atLeast(LockMode.SHARE_ROW_EXCLUSIVE).isEmpty()
                && situation.preceding().stream().noneMatch(before -> sets(before, "lock_timeout"));
        return late
                ? List.of(Hit.of(statement.span(), "lock_timeout is set when the lock is held already.")
                        .safer("-- At the top of the script:\n" + situation.text() + ";"))
                : List.of();
    }

    /** In milliseconds; -1 for anything else than a lock_timeout that is given. */
    private static long timeout(Statement statement) {
        if (!sets(statement, "lock_timeout")) {
            return -1;
        }
        String value = ((SetParameter) statement).values().getFirst().strip().toLowerCase(Locale.ROOT);
        var matcher = java.util.regex.Pattern.compile("(\\d{1,9})\\s*(us|ms|s|min|h|d)?")
                .matcher(value);
        if (!matcher.matches()) {
            return -1;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
    }
}
