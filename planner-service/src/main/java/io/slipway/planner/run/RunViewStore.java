package io.slipway.planner.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.eventing.Lost;
import io.slipway.planner.gate.ApprovalStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads runs for callers; locks nothing. */
@ApplicationScoped
class RunViewStore {
    private static final String COLUMNS = """
            select id, state, revision, ticket, plan_summary, verdict,
                   verdict #> '{rehearsal,derivedUndo}' as derived_undo, backup, progress, ending, hold,
                   created_at, changed_at,
                   case when state = 'QUEUED' then
                       (select before.id
                        from run before
                        where before.target = run.target and (before.seq < run.seq or before.urgent)
                          and not before.ended and not before.dry_run
                        order by before.urgent, before.seq desc
                        limit 1)
                   end as behind
            from run
            """;
    private static final String ONE = COLUMNS + "where id = ?";
    private static final String LATEST = COLUMNS + "order by seq desc limit ?";
    private static final String LATEST_OF_TARGET = COLUMNS + "where target = ? order by seq desc limit ?";

    private final ObjectMapper mapper = EventJson.mapper();
    private final DataSource dataSource;
    private final ApprovalStore approvals;

    RunViewStore(DataSource dataSource, ApprovalStore approvals) {
        this.dataSource = dataSource;
        this.approvals = approvals;
    }

    Optional<RunView> find(RunId id) {
        return ask(ONE, id.value()).stream().findFirst();
    }

    /** The newest first, without the text of scripts. */
    List<RunView> latest(@Nullable TargetId target, int limit) {
        List<RunView> runs = target == null ? ask(LATEST, limit) : ask(LATEST_OF_TARGET, target.name(), limit);
        runs.forEach(RunViewStore::dropSql);
        return runs;
    }

    private static void dropSql(RunView run) {
        if (run.end() instanceof ObjectNode end) {
            end.remove("sql");
        }
    }

    private List<RunView> ask(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                List<RunView> runs = new ArrayList<>();
                while (row.next()) {
                    runs.add(view(row));
                }
                return runs;
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new Lost("The runs could not be read", e);
        }
    }

    private RunView view(ResultSet row) throws SQLException, JsonProcessingException {
        Ticket ticket = mapper.readValue(row.getString("ticket"), Ticket.class);
        RunState state = StoredRun.visible(row.getString("state"));
        String behind = row.getString("behind");
        String plan = row.getString("plan_summary");
        JsonNode progress = tree(row.getString("progress"));
        return new RunView(
                ticket.id(),
                ticket.requestId(),
                ticket.requestSource(),
                ticket.target(),
                ticket.kind(),
                state,
                RunView.percent(state, progress),
                row.getInt("revision"),
                ticket.dryRun(),
                ticket.force(),
                ticket.requestedBy(),
                ticket.reason(),
                ticket.changeReference(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                behind == null ? null : RunId.of(behind),
                tree(row.getString("hold")),
                approvals.of(ticket.id()),
                ticket.environment(),
                ticket.expiresAt(),
                ticket.failedRun(),
                plan == null ? null : summary(plan, row.getString("derived_undo")),
                tree(row.getString("verdict")),
                tree(row.getString("backup")),
                progress,
                tree(row.getString("ending")));
    }

    private PlanSummary summary(String plan, @Nullable String derivedUndo) throws JsonProcessingException {
        PlanSummary summary = mapper.readValue(plan, PlanSummary.class);
        return derivedUndo == null ? summary : summary.with(mapper.readValue(derivedUndo, DerivedUndo.class));
    }

    private @Nullable JsonNode tree(@Nullable String json) throws JsonProcessingException {
        return json == null ? null : mapper.readTree(json);
    }
}
