package io.slipway.backup.dump;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which compression a dump uses. Since 16 {@code pg_dump} can do zstd and lz4, which are many times faster than gzip, but
 * only when it was built with them; what a program has refused once is not tried again.
 */
@ApplicationScoped
class Compressions {
    static final String AUTO = "auto";
    private static final List<String> FAST = List.of("zstd:1", "lz4");
    private static final String EVERYWHERE = "1";
    private static final int FIRST_MAJOR_WITH_METHODS = 16;

    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    String choose(DumpTool tool, String configured) {
        if (!configured.equals(AUTO)) {
            return configured;
        }
        if (tool.major() < FIRST_MAJOR_WITH_METHODS) {
            return EVERYWHERE;
        }
        return FAST.stream()
                .filter(method -> !refused.contains(key(tool, method)))
                .findFirst()
                .orElse(EVERYWHERE);
    }

    /** Whether there is another method to try now that {@code tool} has refused this one. */
    boolean refuse(DumpTool tool, String method, String configured) {
        return configured.equals(AUTO) && !method.equals(EVERYWHERE) && refused.add(key(tool, method));
    }

    private static String key(DumpTool tool, String method) {
        return tool.pgDump() + "|" + tool.version() + "|" + method;
    }
}
