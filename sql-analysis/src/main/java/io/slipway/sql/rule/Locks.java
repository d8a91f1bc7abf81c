package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Table locks in the words of a finding. */
final class Locks {
    static final String ALL = "blocks all reads and writes";
    static final String WRITES = "blocks INSERT, UPDATE and DELETE; reads go on";

    private Locks() {}

    static String accessExclusive(Name... tables) {
        return held("ACCESS EXCLUSIVE", ALL, tables);
    }

    static String shareRowExclusive(Name... tables) {
        return held("SHARE ROW EXCLUSIVE", WRITES, tables);
    }

    static String share(Name... tables) {
        return held("SHARE", WRITES, tables);
    }

    private static String held(String mode, String blocks, Name... tables) {
        String names = Arrays.stream(tables).map(Name::sql).distinct().collect(Collectors.joining(", "));
        return "%s on %s until the transaction ends: %s.".formatted(mode, names, blocks);
    }
}
