package io.slipway.validator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code planned_run}. */
@ApplicationScoped
class PlannedRunStore {
    private final ObjectMapper json = EventJson.mapper();
    private final DataSource database;

    PlannedRunStore(DataSource database) {
        this.database = database;
    }

    /** False when it is there already. */
    boolean add(PlannedRun run) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO planned_run (id, run_id, target, digest, kind, plan, environment)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO NOTHING
                        """)) {
            insert.setString(1, run.id());
            insert.setObject(2, run.runId().value());
            insert.setString(3, run.target().name());
            insert.setString(4, run.plan().digest().value());
            insert.setString(5, run.plan().kind().name());
            insert.setString(6, write(run.plan()));
            insert.setString(7, run.environment());
            return insert.executeUpdate() == 1;
        }
    }

    Optional<PlannedRun> undecided(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT run_id, target, plan, environment FROM planned_run WHERE id = ? AND decided_at IS NULL")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new PlannedRun(
                                new RunId(row.getObject(1, UUID.class)),
                                new TargetId(row.getString(2)),
                                read(row.getString(3), Plan.class),
                                row.getString(4)))
                        : Optional.empty();
            }
        }
    }

    /** False when someone else was first. The plan goes: up to 5 MiB a run, and the events still have it. */
    boolean decide(PlannedRun run, Verdict verdict) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE planned_run SET decided_at = now(), passed = ?, verdict = ?, plan = NULL
                         WHERE id = ? AND decided_at IS NULL
                        """)) {
            update.setBoolean(1, verdict.passes());
            update.setString(2, write(verdict));
            update.setString(3, run.id());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * The latest verdict on a run.
     *
     * @param plan of this plan, where the run was planned more than once; of any when absent
     */
    Optional<DecidedPlan> decided(RunId run, @Nullable PlanDigest plan) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT target, digest, decided_at, passed, verdict FROM planned_run
                         WHERE run_id = ? AND decided_at IS NOT NULL AND (?::text IS NULL OR digest = ?)
                         ORDER BY decided_at DESC LIMIT 1
                        """)) {
            select.setObject(1, run.value());
            select.setString(2, plan == null ? null : plan.value());
            select.setString(3, plan == null ? null : plan.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new DecidedPlan(
                                run,
                                new TargetId(row.getString(1)),
                                new PlanDigest(row.getString(2)),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                row.getBoolean(4),
                                read(row.getString(5), Verdict.class)))
                        : Optional.empty();
            }
        }
    }

    /** Returns how many plans were forgotten; the events still have them. */
    int forget(Instant decidedBefore) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM planned_run WHERE decided_at < ?")) {
            delete.setObject(1, decidedBefore.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A value of our own cannot be written as JSON: " + value.getClass(), e);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What this service has stored cannot be read back: " + type, e);
        }
    }
}
