package io.slipway.planner.gate;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table {@code approval}. */
@ApplicationScoped
public class ApprovalStore {
    /** Given again, it counts from the later time. */
    private static final String ADD = """
            insert into approval (run, plan_digest, person, reason, given_at) values (?, ?, ?, ?, ?)
            on conflict (run, plan_digest, person) do update set reason = excluded.reason, given_at = excluded.given_at
            """;

    private static final String OF_RUN = """
            select plan_digest, person, given_at from approval where run = ? order by given_at, person
            """;

    private final DataSource dataSource;

    ApprovalStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public void add(RunId run, Approval approval, String reason) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, run.value());
            insert.setString(2, approval.plan().value());
            insert.setString(3, approval.person());
            insert.setString(4, reason);
            insert.setObject(5, approval.at().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("The approval could not be written", e);
        }
    }

    /** Those of plans that were given up included, the earliest first. */
    public List<Approval> of(RunId run) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(OF_RUN)) {
            query.setObject(1, run.value());
            try (ResultSet row = query.executeQuery()) {
                List<Approval> approvals = new ArrayList<>();
                while (row.next()) {
                    approvals.add(new Approval(
                            new PlanDigest(row.getString("plan_digest")),
                            row.getString("person"),
                            row.getObject("given_at", OffsetDateTime.class).toInstant()));
                }
                return approvals;
            }
        } catch (SQLException e) {
            throw new Lost("The approvals could not be read", e);
        }
    }
}
