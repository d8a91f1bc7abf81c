package io.slipway.targets;

import io.quarkus.runtime.Startup;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** The databases this installation knows. Read once, at start-up: wrong settings stop the service there and then. */
@Startup
@ApplicationScoped
public class Targets {
    private final Map<TargetId, Target> targets;

    @Inject
    Targets(TargetsConfig config, Config properties) {
        this(new TargetReader(
                        config,
                        TargetVariables.of(properties),
                        properties
                                .getOptionalValue("quarkus.application.name", String.class)
                                .orElse("service"))
                .read());
    }

    public Targets(Collection<Target> targets) {
        this.targets = Collections.unmodifiableMap(targets.stream()
                .collect(Collectors.toMap(
                        Target::id,
                        Function.identity(),
                        (first, second) -> first,
                        () -> new TreeMap<>(java.util.Comparator.comparing(TargetId::name)))));
    }

    /** All names, sorted. */
    public Set<TargetId> names() {
        return targets.keySet();
    }

    public Optional<Target> find(TargetId id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** All targets, sorted by name. */
    public List<Target> all() {
        return List.copyOf(targets.values());
    }
}
