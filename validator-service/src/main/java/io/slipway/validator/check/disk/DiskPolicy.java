package io.slipway.validator.check.disk;

import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Listing;
import io.slipway.validator.check.outcome.Unit;

/** How much of the free space a plan may take. */
final class DiskPolicy {
    private static final int WHOLE = 100;

    private DiskPolicy() {}

    /** Nobody has to be asked for the free space. */
    static Judgement nothingWritten() {
        return Judgement.passed("The plan writes no existing table anew.").measured(0);
    }

    /** @param limit in percent of the free space */
    static Judgement judge(Need need, FreeSpace free, long limit) {
        String takes = "Writing %s anew takes up to %s with its WAL"
                .formatted(Listing.of(need.tables()), Unit.BYTES.say(need.bytes()));
        return switch (free) {
            case FreeSpace.Unknown(String why, String advice) ->
                Judgement.unknown("%s. %s".formatted(takes, why), advice);
            case FreeSpace.Known(long bytes) -> {
                long percent = bytes <= 0 ? WHOLE : (long) Math.ceil((double) need.bytes() * WHOLE / bytes);
                String found = "%s; %s are free, of which that is %d %%, and the limit %d %%."
                        .formatted(takes, Unit.BYTES.say(Math.max(0, bytes)), percent, limit);
                Judgement judgement = percent <= limit
                        ? Judgement.passed(found)
                        : Judgement.failed(
                                found,
                                "Enlarge the volume, or change the table in steps: a full volume stops the whole server.");
                yield judgement.measured(percent);
            }
        };
    }
}
