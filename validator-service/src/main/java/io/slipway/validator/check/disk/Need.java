package io.slipway.validator.check.disk;

import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.footprint.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan writes to existing tables, as an upper bound.
 *
 * @param bytes of new tables and indexes, and as much again of WAL: each page is logged once
 * @param tables that are written anew, the largest first
 */
record Need(long bytes, List<String> tables) {
    /** An index takes a fraction of its table; a quarter is on the safe side unless it is wide. */
    private static final int INDEX_PART = 4;

    Need {
        tables = List.copyOf(tables);
    }

    /**
     * @param uses by the oid of the relation
     * @param sizes likewise, with indexes and TOAST
     */
    static Need of(List<LiveRelation> relations, Map<Long, Set<Use>> uses, Map<Long, Long> sizes) {
        List<LiveRelation> written = relations.stream()
                .filter(relation -> bytes(relation, uses, sizes) > 0)
                .sorted((a, b) -> Long.compare(bytes(b, uses, sizes), bytes(a, uses, sizes)))
                .toList();
        long copies = written.stream()
                .mapToLong(relation -> bytes(relation, uses, sizes))
                .sum();
        return new Need(
                2 * copies,
                written.stream().map(relation -> relation.name().sql()).toList());
    }

    private static long bytes(LiveRelation relation, Map<Long, Set<Use>> uses, Map<Long, Long> sizes) {
        Set<Use> own = uses.getOrDefault(relation.oid(), Set.of());
        long size = sizes.getOrDefault(relation.oid(), relation.bytes());
        if (own.contains(Use.REWRITES) || own.contains(Use.UPDATES_ALL)) {
            return size;
        }
        return own.contains(Use.INDEXES) ? size / INDEX_PART : 0;
    }
}
