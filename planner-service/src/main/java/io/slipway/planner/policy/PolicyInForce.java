package io.slipway.planner.policy;

import io.quarkus.runtime.Startup;
import io.slipway.contracts.TargetId;
import io.slipway.planner.policy.PolicyFile.Content;
import io.slipway.policy.Explained;
import io.slipway.policy.Policies;
import io.slipway.policy.PolicyProblem;
import io.slipway.policy.TargetPolicy;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The policy by which runs are judged now. Without a file it demands nothing; a wrong file stops the start. */
@Startup
@ApplicationScoped
public class PolicyInForce {
    private static final Logger LOG = Logger.getLogger(PolicyInForce.class);

    private final Targets targets;
    private final @Nullable PolicyFile file;
    private volatile Standing standing;

    /** What a look at the file changed. */
    enum Outcome {
        UNCHANGED,
        RELOADED,
        BROKEN,
        /** The file has again what is in force. */
        MENDED
    }

    @Inject
    PolicyInForce(PolicyConfig config, Targets targets) {
        this(config.file(), targets, Instant.now());
    }

    PolicyInForce(Optional<Path> path, Targets targets, Instant now) {
        this.targets = targets;
        this.file = path.map(PolicyFile::new).orElse(null);
        Content content = file == null ? new Content.Text("") : file.read();
        this.standing = Standing.of(file == null ? Policies.none() : first(file, content), content, now);
        warnOfStrangers();
    }

    /** A slip in a name would leave a target without its policy in silence. */
    private void warnOfStrangers() {
        Set<String> strangers = new TreeSet<>(standing.policies().targets());
        targets.names().forEach(known -> strangers.remove(known.name()));
        if (!strangers.isEmpty()) {
            LOG.warnf(
                    "The policy names targets that are not registered; file=%s targets=%s",
                    file().orElse(null), strangers);
        }
    }

    private static Policies first(PolicyFile file, Content content) {
        return switch (Standing.read(content)) {
            case Policies.Read.Good good -> good.policies();
            case Policies.Read.Bad bad -> throw new InvalidPolicy(file.path(), bad.problems());
        };
    }

    /** What it says for a target now; ask again for each decision. */
    public TargetPolicy of(TargetId target) {
        return standing.policies().of(target.name(), environment(target), labels(target));
    }

    /** The same, value by value, with where each comes from. */
    public List<Explained> explain(TargetId target) {
        return standing.policies().explain(target.name(), environment(target), labels(target));
    }

    private String environment(TargetId target) {
        return targets.find(target).map(Target::environment).orElse("");
    }

    private Map<String, String> labels(TargetId target) {
        return targets.find(target).map(Target::labels).orElse(Map.of());
    }

    public Optional<Path> file() {
        return Optional.ofNullable(file).map(PolicyFile::path);
    }

    /** When the policy came into force. */
    public Instant since() {
        return standing.since();
    }

    /** What is wrong with the version that the file has now; empty when it is the one in force. */
    public List<PolicyProblem> problems() {
        Standing.Broken broken = standing.broken();
        return broken == null ? List.of() : broken.problems();
    }

    /** Reads the file again. */
    Outcome look(Instant now) {
        if (file == null) {
            return Outcome.UNCHANGED;
        }
        Standing before = standing;
        Standing after = before.look(file.read(), now);
        standing = after;
        if (after.policies() != before.policies()) {
            LOG.infof("A new version of the policy is in force; file=%s", file.path());
            warnOfStrangers();
            return Outcome.RELOADED;
        }
        if (after.broken() != null && after.broken() != before.broken()) {
            LOG.errorf(
                    "The new version of the policy cannot be used, the one of before stays in force; file=%s%s",
                    file.path(), InvalidPolicy.lines(file.path(), after.broken().problems()));
            return Outcome.BROKEN;
        }
        if (after.broken() == null && before.broken() != null) {
            LOG.infof("The policy file has again what is in force; file=%s", file.path());
            return Outcome.MENDED;
        }
        return Outcome.UNCHANGED;
    }
}
