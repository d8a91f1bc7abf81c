package io.slipway.validator.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The relations of the target that a plan is about. */
public record LiveRelations(List<LiveRelation> all) {
    public LiveRelations {
        all = List.copyOf(all);
    }

    /** Those that the plan names, and their parts. */
    public List<LiveRelation> concerned() {
        return all.stream().filter(LiveRelation::concerned).toList();
    }

    public Array concernedOids(Connection target) throws SQLException {
        return oids(target, concerned());
    }

    public Array oids(Connection target) throws SQLException {
        return oids(target, all);
    }

    /** As text, which every version of the driver can send; queries cast it. */
    private static Array oids(Connection target, List<LiveRelation> relations) throws SQLException {
        return target.createArrayOf(
                "text",
                relations.stream()
                        .map(relation -> String.valueOf(relation.oid()))
                        .toArray());
    }
}
