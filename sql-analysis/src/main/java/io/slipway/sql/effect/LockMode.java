package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table locks of PostgreSQL, from the weakest to the strongest, and whom they keep waiting. */
public enum LockMode {
    ACCESS_SHARE("DROP, TRUNCATE and most of ALTER TABLE; reads and writes go on"),
    ROW_SHARE("DROP, TRUNCATE and most of ALTER TABLE; reads and writes go on, except for the same rows"),
    ROW_EXCLUSIVE("CREATE INDEX and most of ALTER TABLE; reads and other writes go on, except for the same rows"),
    SHARE_UPDATE_EXCLUSIVE("VACUUM, ANALYZE, CREATE INDEX and ALTER TABLE; reads and writes go on"),
    SHARE("INSERT, UPDATE and DELETE; reads go on"),
    SHARE_ROW_EXCLUSIVE("INSERT, UPDATE and DELETE, and other changes of the table; reads go on"),
    EXCLUSIVE("INSERT, UPDATE, DELETE and SELECT FOR UPDATE; plain reads go on"),
    ACCESS_EXCLUSIVE("all reads and writes");

    private static final Map<String, LockMode> BY_PG_LOCKS =
            Stream.of(values()).collect(Collectors.toMap(LockMode::inPgLocks, Function.identity()));

    private final String blocks;

    LockMode(String blocks) {
        this.blocks = blocks;
    }

    /** From SQL's words, such as {@code SHARE ROW EXCLUSIVE}. */
    public static LockMode of(String words) {
        return valueOf(words.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", "_"));
    }

    /** From what {@code pg_locks} calls it, such as {@code ShareRowExclusiveLock}. */
    public static LockMode ofPgLocks(String mode) {
        LockMode known = BY_PG_LOCKS.get(mode);
        if (known == null) {
            throw new IllegalArgumentException("PostgreSQL has no table lock '%s'.".formatted(mode));
        }
        return known;
    }

    private String inPgLocks() {
        return Stream.of(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", "", "Lock"));
    }

    /** As PostgreSQL's documentation writes it. */
    public String title() {
        return name().replace('_', ' ');
    }

    /** Whom it keeps waiting, in words. */
    public String blocks() {
        return blocks;
    }

    /** The table of the chapter on explicit locking. */
    public boolean conflictsWith(LockMode other) {
        return conflicts().contains(other);
    }

    private Set<LockMode> conflicts() {
        return switch (this) {
            case ACCESS_SHARE -> EnumSet.of(ACCESS_EXCLUSIVE);
            case ROW_SHARE -> EnumSet.of(EXCLUSIVE, ACCESS_EXCLUSIVE);
            case ROW_EXCLUSIVE -> EnumSet.of(SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE_UPDATE_EXCLUSIVE -> EnumSet.range(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE ->
                EnumSet.of(ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE_ROW_EXCLUSIVE -> EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case EXCLUSIVE -> EnumSet.range(ROW_SHARE, ACCESS_EXCLUSIVE);
            case ACCESS_EXCLUSIVE -> EnumSet.allOf(LockMode.class);
        };
    }

    /** Whether whoever waits for the other waits for this one as well. */
    public boolean covers(LockMode other) {
        return conflicts().containsAll(other.conflicts());
    }

    public boolean blocksReads() {
        return conflictsWith(ACCESS_SHARE);
    }

    public boolean blocksWrites() {
        return conflictsWith(ROW_EXCLUSIVE);
    }

    /** Whether ALTER TABLE, CREATE INDEX and the like have to wait. */
    public boolean blocksDdl() {
        return conflictsWith(SHARE);
    }

    /** Whether VACUUM and ANALYZE, those of autovacuum included, have to wait. */
    public boolean blocksVacuum() {
        return conflictsWith(SHARE_UPDATE_EXCLUSIVE);
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
