package io.slipway.targets;

import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes targets of settings, and collects everything that is wrong with them before it refuses. */
final class TargetReader {
    private static final String DEFAULT = "default";
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int DEFAULT_WRITE_SIZE = 8;
    private static final int DEFAULT_READ_SIZE = 4;
    private static final Duration DEFAULT_READ_LEAK = Duration.ofMinutes(10);

    private final TargetsConfig config;
    private final TargetVariables variables;
    private final String service;
    private final List<InvalidSetting> refused = new ArrayList<>();

    TargetReader(TargetsConfig config, TargetVariables variables, String service) {
        this.config = config;
        this.variables = variables;
        this.service = service;
    }

    /**
     * @throws InvalidSettings when any setting of any target cannot be used
     */
    List<Target> read() {
        Set<String> names = new TreeSet<>(config.targets().keySet());
        if (variables.url().isPresent()) {
            names.add(DEFAULT);
        }
        List<Target> targets = new ArrayList<>();
        for (String name : names) {
            int before = refused.size();
            // Never null: the mapping answers with its defaults for a name without keys.
            TargetsConfig.TargetConfig given =
                    Objects.requireNonNull(config.targets().get(name), "defaults of a target");
            Target target = target(name, given, name.equals(DEFAULT) ? variables : TargetVariables.NONE);
            if (target != null && refused.size() == before) {
                targets.add(target);
            }
        }
        if (!refused.isEmpty()) {
            throw new InvalidSettings(refused);
        }
        return List.copyOf(targets);
    }

    private @Nullable Target target(String name, TargetsConfig.TargetConfig given, TargetVariables fallback) {
        String prefix = "slipway.targets." + name;
        String environment = environment(new Setting(prefix + ".environment", given.environment()));
        TargetId id = id(name, prefix);
        ConnectionReader connections = new ConnectionReader(prefix, given, fallback, environment, service, refused);
        ConnectionSettings connection = connections.read();
        PoolSettings write = pool(given.pool().write(), writeSize(given, fallback), Duration.ZERO);
        PoolSettings read =
                pool(given.pool().read(), given.pool().read().maxSize().orElse(DEFAULT_READ_SIZE), DEFAULT_READ_LEAK);
        ConnectionSettings replica = connections.replica(connection);
        SessionSettings session = new SessionReader(prefix, refused).read(given);
        if (id == null || connection == null || replica == null) {
            return null;
        }
        return new Target(
                id, environment, given.labels(), connection, replica, write, read, given.lockTimeout(), session);
    }

    private @Nullable TargetId id(String name, String prefix) {
        try {
            return new TargetId(name);
        } catch (IllegalArgumentException e) {
            refused.add(
                    new InvalidSetting(
                            prefix,
                            name,
                            "a target's name has 1 to 63 characters of a-z, 0-9, '.', '_' and '-' and starts with a letter or digit"));
            return null;
        }
    }

    private String environment(Setting given) {
        String environment = given.value().strip().toLowerCase(Locale.ROOT);
        if (environment.equals("prod")) {
            // Taken for another environment, it would silently lose the protection that production has.
            refused.add(given.refused("write it as production"));
        } else if (!ENVIRONMENT.matcher(environment).matches()) {
            refused.add(
                    given.refused(
                            "allowed are 1 to 32 of a-z, 0-9 and '-', starting with a letter, such as production or development"));
        }
        return environment;
    }

    private int writeSize(TargetsConfig.TargetConfig given, TargetVariables fallback) {
        Optional<Integer> size = given.pool().write().maxSize();
        if (size.isPresent()
                || (fallback.poolSize().isEmpty() && fallback.maxOverflow().isEmpty())) {
            return size.orElse(DEFAULT_WRITE_SIZE);
        }
        int base = number(TargetVariables.POOL_SIZE, fallback.poolSize().orElse(String.valueOf(DEFAULT_WRITE_SIZE)), 1);
        int overflow =
                number(TargetVariables.MAX_OVERFLOW, fallback.maxOverflow().orElse("0"), 0);
        if (base + overflow > Bounds.PoolSize.MOST) {
            refused.add(new InvalidSetting(
                    TargetVariables.POOL_SIZE + " + " + TargetVariables.MAX_OVERFLOW,
                    String.valueOf(base + overflow),
                    "the sum is the write pool's largest size and may be at most " + Bounds.PoolSize.MOST));
        }
        return base + overflow;
    }

    private int number(String key, String value, int least) {
        try {
            return Bounds.whole(value, least, Bounds.PoolSize.MOST);
        } catch (IllegalArgumentException e) {
            refused.add(new InvalidSetting(key, value, String.valueOf(e.getMessage())));
            return least;
        }
    }

    private static PoolSettings pool(TargetsConfig.PoolConfig given, int maxSize, Duration defaultLeak) {
        return new PoolSettings(
                maxSize,
                given.acquisitionTimeout(),
                given.maxLifetime(),
                given.idleTimeout(),
                given.leakDetectionInterval().orElse(defaultLeak),
                given.isolation());
    }
}
