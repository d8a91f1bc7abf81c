package io.slipway.planner.plan;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The table {@code derived_undo}: for each applied version at most one draft, gone with the version. */
@ApplicationScoped
class DerivedUndoStore {
    private static final String ADD = """
            insert into derived_undo (target, version, script, checksum, content, losses, unusable)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String REMOVE = "delete from derived_undo where target = ? and version = ?";
    private static final String FIND = "select * from derived_undo where target = ?";

    private final DataSource dataSource;

    DerivedUndoStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void add(TargetId target, MigrationVersion version, KeptDraft draft) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, target.name());
            insert.setString(2, WaysBackStore.key(version));
            insert.setString(3, draft.script());
            insert.setObject(4, draft.checksum());
            insert.setString(5, draft.sql());
            insert.setArray(6, connection.createArrayOf("text", draft.losses().toArray()));
            insert.setString(7, draft.unusable());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("A derived undo script could not be kept", e);
        }
    }

    void remove(TargetId target, MigrationVersion version) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, target.name());
            delete.setString(2, WaysBackStore.key(version));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("A derived undo script could not be dropped", e);
        }
    }

    Map<MigrationVersion, KeptDraft> find(TargetId target) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, target.name());
            try (ResultSet row = query.executeQuery()) {
                Map<MigrationVersion, KeptDraft> drafts = new HashMap<>();
                while (row.next()) {
                    drafts.put(new MigrationVersion(row.getString("version")), draft(row));
                }
                return drafts;
            }
        } catch (SQLException e) {
            throw new Lost("The derived undo scripts could not be read", e);
        }
    }

    private static KeptDraft draft(ResultSet row) throws SQLException {
        String[] losses = (String[]) row.getArray("losses").getArray();
        return new KeptDraft(
                row.getString("script"),
                row.getObject("checksum", Integer.class),
                row.getString("content"),
                Arrays.asList(losses),
                row.getString("unusable"));
    }
}
