package io.slipway.validator.check.disk;

import io.slipway.sql.ast.Name;
import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.Use;
import io.slipway.validator.forecast.Forecast;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a relation a plan writes anew. */
final class WriteRules {
    private WriteRules() {}

    /** The forecast knows types and defaults; the words of the plan alone are taken for the worst. */
    static Set<Use> of(LiveRelation relation, Footprint footprint, @Nullable Forecast forecast) {
        Name wanted = relation.wanted();
        Set<Use> said = wanted == null ? Set.of() : footprint.uses().getOrDefault(wanted, Set.of());
        if (forecast == null) {
            return said;
        }
        Set<Use> writes = EnumSet.noneOf(Use.class);
        if (said.contains(Use.UPDATES_ALL)) {
            writes.add(Use.UPDATES_ALL);
        }
        if (forecast.rewritten().contains(relation.name())) {
            writes.add(Use.REWRITES);
        }
        if (forecast.indexed().contains(relation.name())) {
            writes.add(Use.INDEXES);
        }
        return writes;
    }
}
