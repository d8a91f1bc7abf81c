package io.slipway.validator.check.disk;

import io.quarkus.runtime.configuration.MemorySize;
import io.slipway.targets.Target;
import io.slipway.validator.ValidatorConfig;
import io.slipway.validator.ValidatorConfig.DiskConfig;
import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.Use;
import io.slipway.validator.forecast.Forecast;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The check of the target's volume. */
@ApplicationScoped
public class DiskCheck {
    private final Map<String, DiskConfig> disks;
    private final Duration patience;

    DiskCheck(ValidatorConfig config) {
        this.disks = config.disks();
        this.patience = config.checkTimeout();
    }

    /**
     * @param sizes by oid
     * @param forecast absent where nothing better is known than the words of the plan
     */
    public Judgement judge(
            Connection connection,
            Target target,
            LiveRelations relations,
            Map<Long, Long> sizes,
            Footprint footprint,
            @Nullable Forecast forecast,
            long limit)
            throws SQLException, InterruptedException {
        Map<Long, Set<Use>> writes = new HashMap<>();
        for (LiveRelation relation : relations.all()) {
            writes.put(relation.oid(), WriteRules.of(relation, footprint, forecast));
        }
        Need need = Need.of(relations.all(), writes, sizes);
        return need.bytes() == 0
                ? DiskPolicy.nothingWritten()
                : DiskPolicy.judge(need, free(connection, target), limit);
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
