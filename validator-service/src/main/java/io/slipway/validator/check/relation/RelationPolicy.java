package io.slipway.validator.check.relation;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import io.slipway.validator.check.relation.VacuumOnTable.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What state of its tables a plan should not begin with. */
final class RelationPolicy {
    private RelationPolicy() {}

    /** @param limit how many sessions may hold or wait */
    static Judgement locks(List<LockOnTable> locks, long limit) {
        long sessions = locks.stream().map(LockOnTable::pid).distinct().count();
        Judgement judgement = locks.isEmpty()
                ? Judgement.passed("No session waits for a lock on these tables, or keeps writers out of them.")
                : said(
                        sessions <= limit,
                        "%d sessions hold or wait for locks on these tables: %s."
                                .formatted(
                                        sessions,
                                        Listing.of(locks.stream()
                                                .map(LockOnTable::words)
                                                .toList())),
                        "Wait until they are done, or end those that hold the locks with pg_terminate_backend(pid).");
        return judgement.measured(sessions);
    }

    /** @param limit how many tables may be under a vacuum that does not give way */
    static Judgement autovacuum(List<VacuumOnTable> vacuums, long limit) {
        List<String> stubborn = tables(vacuums, Reason.WRAPAROUND);
        if (stubborn.size() > limit) {
            return Judgement.failed(
                            "Autovacuum prevents a wraparound on %s.".formatted(Listing.of(stubborn)),
                            "Wait until it has ended: it does not give way to a migration, and starts anew when it is stopped.")
                    .measured(stubborn.size());
        }
        List<String> hidden = tables(vacuums, Reason.HIDDEN);
        if (!hidden.isEmpty()) {
            return Judgement.notVisible("why autovacuum is at work on " + Listing.of(hidden));
        }
        List<String> routine = tables(vacuums, Reason.ROUTINE);
        return Judgement.passed(
                        routine.isEmpty()
                                ? "No autovacuum is at work on these tables."
                                : "Autovacuum is at work on %s and gives way.".formatted(Listing.of(routine)))
                .measured(stubborn.size());
    }

    /**
     * @param taken indexes that the plan itself takes care of
     * @param limit how many there may be
     */
    static Judgement invalidIndexes(List<InvalidIndex> indexes, Predicate<InvalidIndex> taken, long limit) {
        List<InvalidIndex> left = indexes.stream()
                .filter(index -> !index.building() && !taken.test(index))
                .toList();
        if (left.isEmpty()) {
            return Judgement.passed(
                            "All indexes of these tables are valid, are being built, or are dealt with by the plan.")
                    .measured(0);
        }
        return said(
                        left.size() <= limit,
                        "Invalid indexes: %s."
                                .formatted(Listing.of(left.stream()
                                        .map(index -> "%s on %s".formatted(index.name(), index.table()))
                                        .toList())),
                        "A build of theirs has failed; writes pay for them, and no query uses them. DROP INDEX CONCURRENTLY %s, or REINDEX INDEX CONCURRENTLY."
                                .formatted(left.getFirst().name()))
                .measured(left.size());
    }

    /** @param limit in percent */
    static Judgement sequences(List<SequenceUse> sequences, long limit) {
        List<SequenceUse> fullest = sequences.stream()
                .sorted(Comparator.comparingLong(SequenceUse::percent).reversed())
                .toList();
        long most = fullest.isEmpty() ? 0 : fullest.getFirst().percent();
        List<SequenceUse> full =
                fullest.stream().filter(use -> use.percent() > limit).toList();
        if (!full.isEmpty()) {
            return Judgement.failed(
                            "Sequences of which more than %d %% are used: %s."
                                    .formatted(
                                            limit,
                                            Listing.of(full.stream()
                                                    .map(use -> "%s (%d %%, %s %s)"
                                                            .formatted(
                                                                    use.sequence(),
                                                                    use.percent(),
                                                                    use.column(),
                                                                    use.type()))
                                                    .toList())),
                            "Move the column to bigint before inserts fail with 'value out of range'.")
                    .measured(most);
        }
        List<String> hidden = sequences.stream()
                .filter(use -> !use.visible())
                .map(SequenceUse::sequence)
                .toList();
        if (!hidden.isEmpty()) {
            return Judgement.unknown(
                    "Not visible to this role: how far %s have come.".formatted(Listing.of(hidden)),
                    "Grant SELECT on these sequences to the role that migrates.");
        }
        return Judgement.passed(
                        sequences.isEmpty()
                                ? "These tables take no values from sequences."
                                : "Of the fullest of %d sequences %d %% are used; the limit is %d %%."
                                        .formatted(sequences.size(), most, limit))
                .measured(most);
    }

    private static List<String> tables(List<VacuumOnTable> vacuums, Reason reason) {
        return vacuums.stream()
                .filter(vacuum -> vacuum.reason() == reason)
                .map(VacuumOnTable::table)
                .distinct()
                .toList();
    }

    private static Judgement said(boolean passed, String detail, String advice) {
        return passed ? Judgement.passed(detail) : Judgement.failed(detail, advice);
    }
}
