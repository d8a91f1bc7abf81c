package io.slipway.backup.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which dumps of one target go: those beyond the count and those beyond the age. The newest always stays, however old,
 * because it may be the only way back.
 */
record RetentionPolicy(int count, Duration age) {

    RetentionPolicy {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "slipway.backup.keep.count must be at least 1, because the newest dump always stays, but is %d."
                            .formatted(count));
        }
    }

    /**
     * @param newestFirst all dumps of one target whose files are there
     */
    List<CataloguedBackup> outlived(List<CataloguedBackup> newestFirst, Instant now) {
        Instant oldest = now.minus(age);
        return IntStream.range(1, newestFirst.size())
                .filter(i -> i >= count || newestFirst.get(i).started().isBefore(oldest))
                .mapToObj(newestFirst::get)
                .toList();
    }
}
