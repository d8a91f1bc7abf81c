package io.slipway.validator.check;

import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TableLock;
import io.slipway.sql.rule.TableSizes;
import io.slipway.validator.rehearsal.Predictions;
import java.util.List;

/**
 * What the look at the target has shown.
 *
 * @param locks that the plan will take; empty where the target does not tell how its tables are defined
 * @param predictions for a rehearsal
 * @param definitions statements that would make the tables of the plan as they are; empty where the target does not tell
 * @param sizes of these tables
 */
public record Looked(
        List<PreMigrationCheck> checks,
        List<TableLock> locks,
        Predictions predictions,
        String definitions,
        TableSizes sizes) {
    public Looked {
        checks = List.copyOf(checks);
        locks = List.copyOf(locks);
    }

    static Looked only(List<PreMigrationCheck> checks) {
        return new Looked(checks, List.of(), Predictions.NONE, "", TableSizes.UNKNOWN);
    }
}
