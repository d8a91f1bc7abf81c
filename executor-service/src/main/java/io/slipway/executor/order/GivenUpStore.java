package io.slipway.executor.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Runs that were given up under way because their target did not answer, until someone has looked what they have left there. */
@ApplicationScoped
public class GivenUpStore {
    private final DataSource dataSource;
    private final ObjectMapper json = EventJson.mapper();

    public GivenUpStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A run that has ended without an answer from its target. */
    public record GivenUp(RunId run, Plan plan) {}

    public void add(TargetId target, GivenUp run) {
        String sql = "insert into given_up_run (run_id, target, plan) values (?, ?, ?) on conflict do nothing";
        try (var connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, run.run().value());
            insert.setString(2, target.name());
            insert.setString(3, json.writeValueAsString(run.plan()));
            insert.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("That run " + run.run() + " was given up cannot be stored.", e);
        }
    }

    /** The first that was given up first. */
    public List<GivenUp> of(TargetId target) {
        String sql = "select run_id, plan from given_up_run where target = ? order by given_up_at";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, target.name());
            try (ResultSet row = select.executeQuery()) {
                List<GivenUp> runs = new ArrayList<>();
                while (row.next()) {
                    var run = new RunId(row.getObject("run_id", UUID.class));
                    runs.add(new GivenUp(run, json.readValue(row.getString("plan"), Plan.class)));
                }
                return runs;
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("The runs given up on target " + target + " cannot be read.", e);
        }
    }

    public void remove(RunId run) {
        try (var connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from given_up_run where run_id = ?")) {
            delete.setObject(1, run.value());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The given up run " + run + " cannot be removed.", e);
        }
    }
}
