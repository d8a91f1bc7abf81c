package io.slipway.executor.slot;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.task.TaskConfig;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bounds the runs of each database server over all executors. A run holds its slot from when it may be executed until it
 * has ended, through crashes and pauses: the slot is the run's, not that of the process that executes it, so that whoever
 * takes the run over takes the slot over, and nothing has to find out what a dead process held.
 */
@ApplicationScoped
public class Slots {
    private static final int MOST = 200;

    private final SlotStore store;
    private final SlotsConfig config;
    private final Targets targets;

    /** Wrong settings stop the service here, at its start. */
    Slots(SlotStore store, SlotsConfig config, TaskConfig tasks, Targets targets) {
        this.store = store;
        this.config = config;
        this.targets = targets;
        refuse(config, tasks.threads());
    }

    /** A run may be executed; returns the runs whose slot is free now, which is that run or none. */
    public List<RunId> enter(RunId run, TargetId target) {
        String server = server(target);
        store.lock(server);
        store.add(run, server);
        return take(server);
    }

    /** A run has ended; returns the runs whose slot is free now. */
    public List<RunId> leave(RunId run) {
        return store.server(run)
                .map(server -> {
                    store.lock(server);
                    store.remove(run);
                    return take(server);
                })
                .orElse(List.of());
    }

    /** Servers with runs that wait. */
    public List<String> contended() {
        return store.contended();
    }

    /** Returns the waiting runs of a server whose slot is free, because it has more slots now than it had. */
    public List<RunId> review(String server) {
        store.lock(server);
        return take(server);
    }

    private List<RunId> take(String server) {
        return store.take(server, config.serverRuns().getOrDefault(server, config.runsPerServer()));
    }

    /** A target that this executor does not know is a server of its own: its runs end at once, with that reason. */
    private String server(TargetId target) {
        return targets.find(target).map(known -> server(known.connection())).orElse("unknown target " + target.name());
    }

    private static String server(ConnectionSettings connection) {
        return "%s:%d".formatted(connection.host().toLowerCase(Locale.ROOT), connection.port());
    }

    private void refuse(SlotsConfig config, int threads) {
        refuse("slipway.executor.runs", config.runs());
        refuse("slipway.executor.runs-per-server", config.runsPerServer());
        if (threads != config.runs()) {
            throw new IllegalArgumentException(
                    "slipway.tasks.threads is %d, but slipway.executor.runs is %d: set the latter alone, the former follows it."
                            .formatted(threads, config.runs()));
        }
        Set<String> servers = targets.all().stream()
                .map(target -> server(target.connection()))
                .collect(Collectors.toSet());
        for (Map.Entry<String, Integer> own : config.serverRuns().entrySet()) {
            refuse("slipway.executor.server-runs.\"%s\"".formatted(own.getKey()), own.getValue());
            if (!servers.contains(own.getKey())) {
                throw new IllegalArgumentException(
                        "slipway.executor.server-runs has the server '%s', where no target is; the targets' servers are %s."
                                .formatted(own.getKey(), servers));
            }
        }
    }

    private static void refuse(String key, int runs) {
        if (runs < 1 || runs > MOST) {
            throw new IllegalArgumentException("%s must be 1 to %d, but is %d.".formatted(key, MOST, runs));
        }
    }
}
