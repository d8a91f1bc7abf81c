package io.slipway.validator.check;

import io.slipway.contracts.Plan;
import io.slipway.sql.ast.Name;
import io.slipway.sql.rule.TableSizes;
import io.slipway.sql.rule.TableSizes.Size;
import io.slipway.targets.Target;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.forecast.Forecast;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the checks go by.
 *
 * @param relations of the target; absent where they could not be read
 * @param sizes of those relations that the plan is about, by oid; empty where somebody holds a lock on one
 * @param forecast absent where their definitions could not be read
 * @param definitions of the relations, as statements; empty where they could not be read
 * @param unread why the relations could not
 */
record Ground(
        Target target,
        Plan plan,
        Footprint footprint,
        @Nullable LiveRelations relations,
        Map<Long, Long> sizes,
        @Nullable Forecast forecast,
        String definitions,
        @Nullable String unread) {

    /** What is known of the tables, for the rules. */
    TableSizes tableSizes() {
        Map<Name, Size> known = new HashMap<>();
        if (relations != null) {
            relations
                    .all()
                    .forEach(relation -> known.put(
                            relation.name(),
                            new Size(relation.rows(), sizes.getOrDefault(relation.oid(), relation.bytes()))));
        }
        return new TableSizes(known);
    }

    /** The size of a table with its indexes; negative where it is not known. */
    long bytes(Name table) {
        return relations == null
                ? -1
                : relations.all().stream()
                        .filter(relation -> relation.name().equals(table))
                        .mapToLong(relation -> sizes.getOrDefault(relation.oid(), relation.bytes()))
                        .findFirst()
                        .orElse(-1);
    }
}
