package io.slipway.validator.catalog;

import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.ServerVersion;
import java.util.List;

/**
 * The part of the target's schema that a plan is about, in the terms of the analysis.
 *
 * @param catalog for one analysis: replaying a plan changes it
 * @param definitions the statements that would make it, for an analysis that replays them itself; without the indexes that
 *     failed builds have left
 * @param unread definitions that the parser could not read, so that nothing is known of what they say
 */
public record LiveCatalog(Catalog catalog, ServerVersion version, String definitions, List<String> unread) {
    public LiveCatalog {
        unread = List.copyOf(unread);
    }
}
