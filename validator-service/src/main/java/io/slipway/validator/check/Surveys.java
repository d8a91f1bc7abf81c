package io.slipway.validator.check;

import io.slipway.contracts.Plan;
import io.slipway.targets.Target;
import io.slipway.validator.catalog.LiveCatalog;
import io.slipway.validator.catalog.LiveCatalogs;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.catalog.RelationStore;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.forecast.Forecast;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Reads what the target says of the relations that a plan is about. What cannot be read is left out, and said. */
final class Surveys {
    private static final Logger LOG = Logger.getLogger(Surveys.class);

    private Surveys() {}

    static Ground of(Connection connection, Target target, Plan plan, Footprint footprint) {
        List<String> schemas = plan.settings().schemas();
        String first = schemas.isEmpty() ? Footprint.OWN_SCHEMA : schemas.getFirst();
        LiveRelations relations;
        try {
            relations = RelationStore.read(connection, footprint.relations(), footprint.words(), first);
        } catch (SQLException e) {
            String why = UnansweredPolicy.of(e).detail();
            return new Ground(target, plan, footprint, null, Map.of(), null, "", why);
        }
        Map<Long, Long> sizes = Map.of();
        try {
            sizes = RelationStore.sizes(connection, relations);
            LiveCatalog live = LiveCatalogs.read(connection, relations, footprint.words(), sizes, first);
            if (!live.unread().isEmpty()) {
                LOG.infof("Definitions were not understood: target=%s objects=%s", target.id(), live.unread());
            }
            Forecast forecast = Forecast.of(
                    footprint.scripts(),
                    live.catalog(),
                    live.version(),
                    plan.runMode().group());
            return new Ground(target, plan, footprint, relations, sizes, forecast, live.definitions(), null);
        } catch (SQLException e) {
            // Behind an exclusive lock the estimates have to do.
            LOG.infof("Definitions were not told: target=%s sqlState=%s", target.id(), e.getSQLState());
        } catch (RuntimeException e) {
            // A defect there must not take the checks with it.
            LOG.errorf(e, "There is no forecast: target=%s", target.id());
        }
        return new Ground(target, plan, footprint, relations, sizes, null, "", null);
    }
}
