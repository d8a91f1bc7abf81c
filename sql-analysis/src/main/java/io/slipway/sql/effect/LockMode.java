package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import java.util.List;
import java.util.stream.Collectors;

/** The table locks of PostgreSQL that keep a running application waiting. */
public enum LockMode {
    ROW_EXCLUSIVE("CREATE INDEX and most of ALTER TABLE; reads and other writes go on, except for the same rows"),
    SHARE("INSERT, UPDATE and DELETE; reads go on"),
    ACCESS_EXCLUSIVE("all reads and writes");

    private final String blocks;

    LockMode(String blocks) {
        this.blocks = blocks;
    }

    /** As PostgreSQL's documentation writes it. */
    public String title() {
        return name().replace('_', ' ');
    }

    /** The lock and whom it keeps waiting, as one sentence. */
    public String on(List<Name> relations) {
        return "%s on %s until the transaction ends: blocks %s."
                .formatted(title(), relations.stream().map(Name::sql).collect(Collectors.joining(", ")), blocks);
    }

    public String on(Name relation) {
        return on(List.of(relation));
    }
}
