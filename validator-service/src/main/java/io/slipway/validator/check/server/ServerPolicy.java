package io.slipway.validator.check.server;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import java.util.Comparator;
import java.util.List;

/** When a server has too little left. */
final class ServerPolicy {
    private ServerPolicy() {}

    /** @param limit in percent of what there may be */
    static Judgement connections(List<ConnectionUse> uses, long limit) {
        ConnectionUse tightest = uses.stream()
                .max(Comparator.comparingLong(ConnectionUse::percent))
                .orElseThrow(() -> new IllegalStateException("The server has no max_connections."));
        String found = "%d of %d connections are in use (%d %%, %s)."
                .formatted(tightest.used(), tightest.most(), tightest.percent(), tightest.bound());
        Judgement judgement = tightest.percent() <= limit
                ? Judgement.passed(found)
                : Judgement.failed(
                        found,
                        "Free connections or raise %s: backup and migration need some of their own, and clients that wait for a lock open more."
                                .formatted(tightest.bound()));
        return judgement.measured(tightest.percent());
    }

    /** @param limit in transactions; at about 2,000,000,000 the server refuses new ones */
    static Judgement wraparound(List<TransactionAge> ages, long limit) {
        List<TransactionAge> sorted = ages.stream()
                .sorted(Comparator.comparingLong(TransactionAge::age).reversed())
                .toList();
        long oldest = sorted.isEmpty() ? 0 : sorted.getFirst().age();
        List<TransactionAge> old =
                sorted.stream().filter(age -> age.age() > limit).toList();
        Judgement judgement = old.isEmpty()
                ? Judgement.passed("The oldest transaction id in use is %,d transactions old; the limit is %,d."
                        .formatted(oldest, limit))
                : Judgement.failed(
                        "Not frozen for more than %,d transactions: %s."
                                .formatted(
                                        limit,
                                        Listing.of(old.stream()
                                                .map(age -> "%s (%,d)".formatted(age.what(), age.age()))
                                                .toList())),
                        "Run VACUUM (FREEZE) on these first, and end what holds back the oldest transaction: long or prepared transactions, replication slots.");
        return judgement.measured(oldest);
    }
}
