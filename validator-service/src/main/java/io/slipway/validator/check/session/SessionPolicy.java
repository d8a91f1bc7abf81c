package io.slipway.validator.check.session;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import java.util.List;

/** How long a session may keep something open; limits are in seconds. */
final class SessionPolicy {
    private SessionPolicy() {}

    static Judgement longTransactions(Sessions sessions, long limit) {
        return judge(
                sessions,
                limit,
                "transaction",
                "Let them end, or end them with pg_terminate_backend(pid): the migration waits for a lock that they hold, and everybody else behind the migration.");
    }

    static Judgement idleInTransaction(Sessions sessions, long limit) {
        return judge(
                sessions,
                limit,
                "idle transaction",
                "Their clients have forgotten to commit. End them with pg_terminate_backend(pid), and set idle_in_transaction_session_timeout.");
    }

    static Judgement prepared(List<PreparedTransaction> prepared, long limit) {
        List<PreparedTransaction> old =
                prepared.stream().filter(one -> one.seconds() > limit).toList();
        long oldest =
                prepared.stream().mapToLong(PreparedTransaction::seconds).max().orElse(0);
        Judgement judgement = old.isEmpty()
                ? Judgement.passed(
                        "%d transactions are prepared, none for more than %d s.".formatted(prepared.size(), limit))
                : Judgement.failed(
                        "Prepared for more than %d s and not ended: %s."
                                .formatted(
                                        limit,
                                        Listing.of(old.stream()
                                                .map(one -> "%s (%s, %d s)"
                                                        .formatted(Listing.cut(one.id()), one.owner(), one.seconds()))
                                                .toList())),
                        "End them with COMMIT PREPARED or ROLLBACK PREPARED: they keep their locks, even over a restart of the server.");
        return judgement.measured(oldest);
    }

    private static Judgement judge(Sessions sessions, long limit, String what, String advice) {
        List<OpenTransaction> old = sessions.open().stream()
                .filter(session -> session.seconds() > limit)
                .toList();
        long oldest = sessions.open().stream()
                .mapToLong(OpenTransaction::seconds)
                .max()
                .orElse(0);
        if (!old.isEmpty()) {
            return Judgement.failed(
                            "Open for more than %d s: %s."
                                    .formatted(
                                            limit,
                                            Listing.of(old.stream()
                                                    .map(OpenTransaction::words)
                                                    .toList())),
                            advice)
                    .measured(oldest);
        }
        if (sessions.hidden() > 0) {
            return Judgement.notVisible("what %d sessions of other roles are at".formatted(sessions.hidden()));
        }
        String found = sessions.open().isEmpty()
                ? "There is no %s.".formatted(what)
                : "The oldest %s is %d s old; the limit is %d s.".formatted(what, oldest, limit);
        return Judgement.passed(found).measured(oldest);
    }
}
