package io.slipway.validator.check.privilege;

import io.slipway.sql.ast.Name;
import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks of what the role may do. */
public final class PrivilegeChecks {
    private PrivilegeChecks() {}

    /** @param ledgerSchema where the ledger is to lie; absent where it lies beside the history */
    public static Judgement privileges(
            Connection target, LiveRelations relations, Footprint footprint, @Nullable String ledgerSchema)
            throws SQLException {
        Role role = PrivilegeStore.role(target);
        Map<LiveRelation, Set<Use>> uses = new LinkedHashMap<>();
        for (LiveRelation relation : relations.concerned()) {
            Name wanted = relation.wanted();
            if (wanted != null) {
                uses.put(relation, footprint.uses().getOrDefault(wanted, Set.of()));
            }
        }
        Rights rights = new Rights(
                foreign(uses),
                Stream.concat(
                                PrivilegeStore.missing(target, uses).stream(),
                                ledgerSchema == null
                                        ? Stream.empty()
                                        : PrivilegeStore.ledger(target, ledgerSchema).stream())
                        .toList(),
                PrivilegeStore.closedSchemas(target, footprint.createsIn()));
        return PrivilegePolicy.privileges(role, rights, footprint);
    }

    public static Judgement extensions(Connection target, Footprint footprint) throws SQLException {
        if (footprint.extensions().isEmpty()) {
            return Judgement.passed("The plan creates no extension.");
        }
        return PrivilegePolicy.extensions(
                PrivilegeStore.role(target), PrivilegeStore.extensions(target, footprint.extensions()));
    }

    private static List<String> foreign(Map<LiveRelation, Set<Use>> uses) {
        return uses.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(Use::needsOwner))
                .map(Map.Entry::getKey)
                .filter(relation -> !relation.ours())
                .map(relation -> "%s (owner %s)".formatted(relation.name(), relation.owner()))
                .toList();
    }
}
