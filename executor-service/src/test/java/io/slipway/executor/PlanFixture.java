package io.slipway.executor;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.Verdict;
import io.slipway.targets.flyway.TargetStates;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What planner and validator would say of the least there is to run. */
public final class PlanFixture {
    private PlanFixture() {}

    /** One script that makes one table, on a target as it is now. */
    public static Plan ofOneTable(DataSource target) throws SQLException {
        return of(target, "create table item (id int)", true);
    }

    /** One script without a transaction. */
    public static Plan ofOneIndex(DataSource target) throws SQLException {
        return of(target, "create index concurrently item_id on item (id)", false);
    }

    private static Plan of(DataSource target, String sql, boolean transactional) throws SQLException {
        var script = new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion("1"),
                "shop",
                "V1__shop.sql",
                null,
                transactional,
                sql,
                null,
                null);
        var state = TargetStates.read(target, FlywaySettings.DEFAULTS);
        return Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(script), state);
    }

    public static Verdict nothingToSay() {
        return new Verdict(
                List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);
    }
}
