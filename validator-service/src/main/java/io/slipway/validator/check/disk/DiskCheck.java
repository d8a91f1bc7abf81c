package io.slipway.validator.check.disk;

import io.quarkus.runtime.configuration.MemorySize;
import io.slipway.sql.ast.Name;
import io.slipway.targets.Target;
import io.slipway.validator.ValidatorConfig;
import io.slipway.validator.ValidatorConfig.DiskConfig;
import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.catalog.RelationStore;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.Use;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The check of the target's volume. */
@ApplicationScoped
public class DiskCheck {
    /** SQLSTATE of a lock that did not come in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Map<String, DiskConfig> disks;
    private final Duration patience;

    DiskCheck(ValidatorConfig config) {
        this.disks = config.disks();
        this.patience = config.checkTimeout();
    }

    public Judgement judge(
            Connection connection, Target target, LiveRelations relations, Footprint footprint, long limit)
            throws SQLException, InterruptedException {
        Map<Long, Set<Use>> uses = new HashMap<>();
        for (LiveRelation relation : relations.concerned()) {
            Name wanted = relation.wanted();
            if (wanted != null) {
                uses.put(relation.oid(), footprint.uses().getOrDefault(wanted, Set.of()));
            }
        }
        if (uses.values().stream().flatMap(Set::stream).noneMatch(DiskCheck::writes)) {
            return DiskPolicy.nothingWritten();
        }
        Need need = Need.of(relations.concerned(), uses, sizes(connection, relations));
        return need.bytes() == 0
                ? DiskPolicy.nothingWritten()
                : DiskPolicy.judge(need, free(connection, target), limit);
    }

    private static boolean writes(Use use) {
        return use == Use.REWRITES || use == Use.UPDATES_ALL || use == Use.INDEXES;
    }

    /** Behind an exclusive lock the sizes of the statistics have to do. */
    private static Map<Long, Long> sizes(Connection connection, LiveRelations relations) throws SQLException {
        try {
            return RelationStore.sizes(connection, relations);
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return Map.of();
            }
            throw e;
        }
    }

    private FreeSpace free(Connection connection, Target target) throws SQLException, InterruptedException {
        String name = target.id().name();
        DiskConfig disk = disks.get(name);
        Optional<List<String>> command = disk == null ? Optional.empty() : disk.command();
        if (command.isPresent()) {
            return FreeSpaceCommand.ask(target, command.get(), patience);
        }
        Optional<MemorySize> capacity = disk == null ? Optional.empty() : disk.capacity();
        if (capacity.isEmpty()) {
            return new FreeSpace.Unknown(
                    "Nobody has said how large the volume is.",
                    "Set slipway.validator.disks.%s.capacity or .command.".formatted(name));
        }
        SpaceStore.Taken taken = SpaceStore.taken(connection);
        return taken.hidden() > 0
                ? new FreeSpace.Unknown(
                        "Not visible to this role: the size of %d databases.".formatted(taken.hidden()),
                        "Grant pg_read_all_stats, or pg_monitor, to the role that migrates.")
                : new FreeSpace.Known(capacity.get().asLongValue() - taken.bytes());
    }
}
