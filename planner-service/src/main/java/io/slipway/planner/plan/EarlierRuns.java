package io.slipway.planner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at the table {@code run} for what plans have to know of it. */
@ApplicationScoped
class EarlierRuns {
    private static final String ORIGIN = "select plan -> 'origin' from run where id = ?";
    private static final String RUN = """
            select target, ended, coalesce(ending -> 'migrations', ending -> 'applied'),
                   case when ending ->> 'stateLeft' = 'INTERRUPTED' then
                       (select script ->> 'name'
                        from json_array_elements(plan_summary -> 'scripts') with ordinality as planned (script, place)
                        where not exists (
                            select from json_array_elements(ending -> 'applied') done
                            where done ->> 'script' = script ->> 'name')
                        order by place
                        limit 1)
                   end
            from run where id = ?
            """;
    private static final String UNDONE = """
            select later.ending -> 'undone'
            from run later
            join run earlier on earlier.target = later.target and earlier.seq < later.seq
            where earlier.id = ? and later.ending -> 'undone' is not null
            """;

    private final ObjectMapper mapper = EventJson.mapper();
    private final DataSource dataSource;

    EarlierRuns(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The commit that the run's last plan was read from. */
    Optional<ScriptOrigin> origin(RunId run) {
        return ask(ORIGIN, run, row -> {
            String origin = row.next() ? row.getString(1) : null;
            return origin == null || origin.equals("null")
                    ? Optional.empty()
                    : Optional.of(mapper.readValue(origin, ScriptOrigin.class));
        });
    }

    Optional<EarlierRun> find(RunId run) {
        List<MigrationVersion> undone = undoneSince(run);
        return ask(
                RUN,
                run,
                row -> row.next()
                        ? Optional.of(new EarlierRun(
                                new TargetId(row.getString(1)),
                                row.getBoolean(2),
                                migrations(row.getString(3)),
                                row.getString(4),
                                undone))
                        : Optional.empty());
    }

    private List<MigrationVersion> undoneSince(RunId run) {
        return ask(UNDONE, run, row -> {
            List<MigrationVersion> versions = new ArrayList<>();
            while (row.next()) {
                migrations(row.getString(1)).stream()
                        .map(AppliedMigration::version)
                        .filter(Objects::nonNull)
                        .forEach(versions::add);
            }
            return versions;
        });
    }

    private List<AppliedMigration> migrations(@Nullable String json) throws JsonProcessingException {
        JsonNode node = json == null ? mapper.createArrayNode() : mapper.readTree(json);
        return Arrays.asList(mapper.treeToValue(node, AppliedMigration[].class));
    }

    private <T> T ask(String sql, RunId run, Reading<T> reading) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, run.value());
            try (ResultSet row = query.executeQuery()) {
                return reading.of(row);
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new Lost("The earlier runs could not be read", e);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException, JsonProcessingException;
    }
}
