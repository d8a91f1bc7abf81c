package io.slipway.executor.slot;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.eventing.task.TaskConfig;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bounds the runs of each database server over all executors. A run holds its slot from when it may be executed until it
 * has ended, through crashes and pauses: the slot is the run's, not that of the process that executes it, so that whoever
 * takes the run over takes the slot over, and nothing has to find out what a dead process held.
 */
@ApplicationScoped
public class Slots {
    private final SlotStore store;
    private final Targets targets;
    private final SlotLimits limits;

    /** Wrong settings stop the service here: {@code SlotReview} asks for the slots at its start. */
    Slots(SlotStore store, SlotsConfig config, TaskConfig tasks, Targets targets) {
        this.store = store;
        this.targets = targets;
        this.limits = SlotLimits.of(
                config,
                tasks.threads(),
                targets.all().stream()
                        .map(target -> server(target.connection()))
                        .collect(Collectors.toSet()));
    }

    /**
     * Some runs have ended and others may be executed; returns the runs that begin now.
     *
     * @param entering the target of each run that may be executed, in the order in which that came about
     */
    public List<RunId> change(Collection<RunId> ended, SequencedMap<RunId, TargetId> entering) {
        SequencedMap<RunId, String> line = new LinkedHashMap<>();
        entering.forEach((run, target) -> line.put(run, server(target)));
        Set<String> servers = new HashSet<>(store.servers(ended));
        servers.addAll(line.values());
        if (servers.isEmpty()) {
            return List.of();
        }
        store.lock(servers);
        store.remove(ended);
        store.add(line);
        return take(servers);
    }

    /** A run has ended; returns the runs that begin now. */
    public List<RunId> leave(RunId run) {
        return change(List.of(run), new LinkedHashMap<>());
    }

    /** Servers with runs that wait. */
    public List<String> contended() {
        return store.contended();
    }

    /** Returns the runs that begin now, because their server has more slots than it had. */
    public List<RunId> review(String server) {
        store.lock(Set.of(server));
        return take(Set.of(server));
    }

    private List<RunId> take(Set<String> servers) {
        return store.take(servers.stream().collect(Collectors.toMap(server -> server, limits::at)));
    }

    /** A target that this executor does not know is a server of its own: its runs end at once, with that reason. */
    private String server(TargetId target) {
        return targets.find(target).map(known -> server(known.connection())).orElse("unknown target " + target.name());
    }

    private static String server(ConnectionSettings connection) {
        return "%s:%d".formatted(connection.host().toLowerCase(Locale.ROOT), connection.port());
    }
}
