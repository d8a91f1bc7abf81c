package io.slipway.executor.batch;

import io.slipway.sql.batch.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The keys of the table that a script changes in batches, as text. */
final class KeyStore {
    private final Batch batch;

    KeyStore(Batch batch) {
        this.batch = batch;
    }

    /** Null for an empty table. */
    @Nullable
    String first(Connection connection) throws SQLException {
        return one(connection, "");
    }

    /** Null for an empty table. */
    @Nullable
    String last(Connection connection) throws SQLException {
        return one(connection, "desc");
    }

    /** The key with which a batch ends, by the number of rows, so that gaps make none of them small; null behind the last. */
    @Nullable
    String end(Connection connection, BatchState state) throws SQLException {
        String upper = state.upper();
        if (upper == null) {
            return null;
        }
        // Each name is qualified, or the keys would be sorted by their text.
        String sql = """
                select page.%1$s::text
                  from (select source.%1$s from %2$s source where %3$s order by source.%1$s limit %4$d) page
                 order by page.%1$s desc limit 1
                """.formatted(
                        batch.key(),
                        batch.table(),
                        Batch.range("source." + batch.key(), state.last(), upper),
                        batch.options().size());
        return text(connection, sql);
    }

    /** The table's name with its schema, as the ledger has it. */
    String table(Connection connection) throws SQLException {
        String sql = """
                select relnamespace::regnamespace::text || '.' || relname from pg_class where oid = to_regclass(?)
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, batch.change().table().sql());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** About how many rows the table has; negative where nobody has counted. */
    long estimate(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select reltuples::bigint from pg_class where oid = to_regclass(?)")) {
            select.setString(1, batch.change().table().sql());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    /** Whether no row has NULL for its key, and an index finds them: it was so when the plan was validated. */
    boolean sound(Connection connection) throws SQLException {
        String sql = """
                select exists (
                    select from pg_attribute key join pg_index index
                        on index.indrelid = key.attrelid and index.indkey[0] = key.attnum
                     where key.attrelid = to_regclass(?) and key.attname = ? and not key.attisdropped
                       and index.indisunique and index.indisvalid and index.indpred is null
                       and key.attnotnull)
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, batch.change().table().sql());
            select.setString(2, batch.options().key());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private @Nullable String one(Connection connection, String direction) throws SQLException {
        return text(
                connection,
                "select source.%1$s::text from %2$s source order by source.%1$s %3$s limit 1"
                        .formatted(batch.key(), batch.table(), direction));
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
