package io.slipway.targets.ledger;

import io.slipway.contracts.FlywaySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where the ledger of a target lies. */
public final class LedgerSchema {
    private LedgerSchema() {}

    /**
     * Quoted, for use in SQL.
     *
     * @param chosen by the target's settings; absent for the schema of Flyway's history
     */
    public static String of(Connection connection, FlywaySettings settings, @Nullable String chosen)
            throws SQLException {
        String sql = "select quote_ident(coalesce(?, ?, current_schema(), 'public'))";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, chosen);
            select.setString(
                    2, settings.schemas().isEmpty() ? null : settings.schemas().getFirst());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
