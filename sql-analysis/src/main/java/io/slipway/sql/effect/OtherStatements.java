package io.slipway.sql.effect;

import java.util.Set;

/** Statements without a record of their own, by their leading keywords. */
final class OtherStatements {
    private static final Set<String> ABOUT_TABLES = Set.of(
            "EXECUTE",
            "DROP OWNED",
            "REASSIGN",
            "ALTER EXTENSION",
            "IMPORT",
            "CREATE AGGREGATE",
            "ALTER TABLE",
            "ALTER INDEX",
            "ALTER MATERIALIZED VIEW",
            "SECURITY");

    private OtherStatements() {}

    /** Whether they lock, read and change nothing but system catalogues. */
    static boolean touchNoTable(String kind) {
        return !ABOUT_TABLES.contains(kind);
    }
}
