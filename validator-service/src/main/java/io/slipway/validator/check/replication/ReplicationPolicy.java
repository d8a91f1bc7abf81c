package io.slipway.validator.check.replication;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import io.slipway.validator.check.outcome.Unit;
import java.util.ArrayList;
import java.util.List;

/** How far behind a replica may be. */
final class ReplicationPolicy {
    private ReplicationPolicy() {}

    /** @param limit in seconds */
    static Judgement lag(List<Replica> replicas, long limit) {
        long worst = replicas.stream().mapToLong(Replica::lagSeconds).max().orElse(0);
        List<String> behind = replicas.stream()
                .filter(replica -> replica.lagSeconds() > limit || "catchup".equals(replica.state()))
                .map(replica -> "%s (%s, %d s, %s)"
                        .formatted(
                                Listing.cut(replica.name()),
                                replica.state(),
                                replica.lagSeconds(),
                                Unit.BYTES.say(replica.lagBytes())))
                .toList();
        if (!behind.isEmpty()) {
            return Judgement.failed(
                            "More than %d s behind, or still catching up: %s.".formatted(limit, Listing.of(behind)),
                            "Wait until they have caught up: a migration writes much WAL, readers of a replica see old rows for as long, and a synchronous one holds up every commit.")
                    .measured(worst);
        }
        long hidden =
                replicas.stream().filter(replica -> replica.state() == null).count();
        if (hidden > 0) {
            return Judgement.notVisible("how far behind %d replicas are".formatted(hidden));
        }
        return Judgement.passed(
                        replicas.isEmpty()
                                ? "Nothing replicates from this server."
                                : "%d replicas, the slowest %d s behind; the limit is %d s."
                                        .formatted(replicas.size(), worst, limit))
                .measured(worst);
    }

    /** @param limit in bytes of WAL */
    static Judgement slots(List<Slot> slots, long limit) {
        long most = slots.stream().mapToLong(Slot::retainedBytes).max().orElse(0);
        List<String> wrong = new ArrayList<>();
        for (Slot slot : slots) {
            String why = why(slot, limit);
            if (!why.isEmpty()) {
                wrong.add("%s (%s)".formatted(slot.name(), why));
            }
        }
        Judgement judgement = wrong.isEmpty()
                ? Judgement.passed("%d replication slots, the most WAL kept for one is %s; the limit is %s."
                        .formatted(slots.size(), Unit.BYTES.say(most), Unit.BYTES.say(limit)))
                : Judgement.failed(
                        "Replication slots in trouble: %s.".formatted(Listing.of(wrong)),
                        "Bring their consumers back, or drop them with pg_drop_replication_slot(): the server keeps all WAL of the migration for them until its disk is full.");
        return judgement.measured(most);
    }

    private static String why(Slot slot, long limit) {
        String status = slot.walStatus();
        if ("lost".equals(status) || "unreserved".equals(status)) {
            return "its WAL is " + status;
        }
        String kept = Unit.BYTES.say(slot.retainedBytes()) + " kept";
        if (!slot.active()) {
            return "inactive, " + kept;
        }
        return slot.retainedBytes() > limit ? kept : "";
    }
}
