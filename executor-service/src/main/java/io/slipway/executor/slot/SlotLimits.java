package io.slipway.executor.slot;

import java.util.Map;
import java.util.Set;

/**
 * How many slots each server has.
 *
 * @param everywhere where nothing else is said
 * @param own by server
 */
record SlotLimits(int everywhere, Map<String, Integer> own) {
    private static final int MOST = 200;

    SlotLimits {
        own = Map.copyOf(own);
    }

    /**
     * @param threads of the scheduler that executes the runs
     * @param servers of all targets
     * @throws IllegalArgumentException whose message says which setting is wrong, and what is allowed
     */
    static SlotLimits of(SlotsConfig config, int threads, Set<String> servers) {
        refuse("slipway.executor.runs", config.runs());
        refuse("slipway.executor.runs-per-server", config.runsPerServer());
        if (threads != config.runs()) {
            throw new IllegalArgumentException(
                    "slipway.tasks.threads is %d, but slipway.executor.runs is %d: set the latter alone, the former follows it."
                            .formatted(threads, config.runs()));
        }
        config.serverRuns().forEach((server, runs) -> {
            refuse("slipway.executor.server-runs.\"%s\"".formatted(server), runs);
            if (!servers.contains(server)) {
                throw new IllegalArgumentException(
                        "slipway.executor.server-runs names the server '%s', where no target is; the targets' servers are %s."
                                .formatted(server, servers.stream().sorted().toList()));
            }
        });
        return new SlotLimits(config.runsPerServer(), config.serverRuns());
    }

    int at(String server) {
        return own.getOrDefault(server, everywhere);
    }

    private static void refuse(String key, int runs) {
        if (runs < 1 || runs > MOST) {
            throw new IllegalArgumentException("%s must be 1 to %d, but is %d.".formatted(key, MOST, runs));
        }
    }
}
