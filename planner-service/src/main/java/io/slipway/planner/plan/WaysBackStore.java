package io.slipway.planner.plan;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The table {@code applied_undo}. */
@ApplicationScoped
class WaysBackStore {
    private static final Pattern TRAILING_ZEROS = Pattern.compile("(\\.0+)+$");
    private static final String ADD = """
            insert into applied_undo (target, version, checksum, script, content, conf) values (?, ?, ?, ?, ?, ?)
            """;
    private static final String REMOVE = "delete from applied_undo where target = ? and version = ?";
    private static final String FIND =
            "select version, checksum, script, content, conf from applied_undo where target = ?";

    private final DataSource dataSource;

    WaysBackStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void add(TargetId target, MigrationVersion version, WayBack way) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, target.name());
            insert.setString(2, key(version));
            insert.setObject(3, way.checksum());
            insert.setString(4, way.script().name());
            insert.setString(5, way.script().content());
            insert.setString(6, way.conf());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("An undo script could not be kept", e);
        }
    }

    void remove(TargetId target, MigrationVersion version) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, target.name());
            delete.setString(2, key(version));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("An undo script could not be dropped", e);
        }
    }

    Map<MigrationVersion, WayBack> find(TargetId target) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, target.name());
            try (ResultSet row = query.executeQuery()) {
                Map<MigrationVersion, WayBack> ways = new HashMap<>();
                while (row.next()) {
                    ways.put(
                            new MigrationVersion(row.getString("version")),
                            new WayBack(
                                    new ScriptFile(row.getString("script"), row.getString("content")),
                                    row.getString("conf"),
                                    row.getObject("checksum", Integer.class)));
                }
                return ways;
            }
        } catch (SQLException e) {
            throw new Lost("The undo scripts could not be read", e);
        }
    }

    /** One text for all ways to write a version. */
    static String key(MigrationVersion version) {
        String plain = version.value().replaceAll("(^|\\.)0+(?=\\d)", "$1");
        return TRAILING_ZEROS.matcher(plain).replaceFirst("");
    }
}
