package io.slipway.planner.plan;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunFact;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code script_duration}: how long scripts took, so that the next target's run can be foreseen. */
@ApplicationScoped
public class ScriptDurations {
    private static final String KEEP = """
            insert into script_duration (script, checksum, target, took_ms) values (?, ?, ?, ?)
            on conflict (script, checksum, target) do update set took_ms = excluded.took_ms
            """;
    /** Nine of ten targets took no longer: a window that is found too short in the middle is worse than one that is left unused. */
    private static final String ESTIMATE = """
            select case when count(*) = count(known.took_ms) then sum(known.took_ms) end
            from unnest(?::text[], ?::int[]) as planned (script, checksum)
            left join lateral (
                select percentile_disc(0.9) within group (order by took_ms) as took_ms
                from script_duration
                where script = planned.script and checksum = planned.checksum and target <> ?
            ) known on true
            """;

    private final DataSource dataSource;

    ScriptDurations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Of facts that say what was done; in the caller's transaction. */
    public void hear(RunFact fact) {
        switch (fact) {
            case MigrationApplied e -> keep(e.target(), e.migrations());
            case MigrationFailed e -> keep(e.target(), e.applied());
            case RollbackApplied e -> keep(e.target(), e.undone());
            case RollbackFailed e -> keep(e.target(), e.undone());
            default -> {} // the others do not say how long a script took
        }
    }

    private void keep(TargetId target, List<AppliedMigration> done) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            for (AppliedMigration migration : done) {
                if (migration.checksum() != null) {
                    insert.setString(1, migration.script());
                    insert.setInt(2, migration.checksum());
                    insert.setString(3, target.name());
                    insert.setLong(4, migration.took().toMillis());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new Lost("The durations of scripts could not be kept", e);
        }
    }

    /** What the scripts took elsewhere, together; absent as soon as one of them is new to all other targets. */
    @Nullable
    Duration estimate(TargetId target, List<PlannedScript> scripts) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(ESTIMATE)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text", scripts.stream().map(PlannedScript::name).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "int4",
                            scripts.stream().map(PlannedScript::checksum).toArray()));
            query.setString(3, target.name());
            try (ResultSet row = query.executeQuery()) {
                long millis = row.next() ? row.getLong(1) : 0;
                return row.wasNull() ? null : Duration.ofMillis(millis);
            }
        } catch (SQLException e) {
            throw new Lost("The durations of scripts could not be read", e);
        }
    }
}
