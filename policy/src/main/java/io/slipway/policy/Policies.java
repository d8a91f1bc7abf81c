package io.slipway.policy;

import io.slipway.policy.Key.Entry;
import io.slipway.policy.RollbackRule.DerivedUndo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy file, read and found good. Levels go from wide to narrow: defaults, the environment, labels in the order of the
 * file, the target. What a narrower one sets replaces what a wider one does, key by key; only freezes add up.
 */
public final class Policies {
    private static final Policies NONE = new Policies(null, Map.of(), Map.of(), Map.of(), List.of(), List.of());

    private final @Nullable Section defaults;
    private final Map<String, Section> environments;
    private final Map<String, Section> labels;
    private final Map<String, Section> targets;
    private final List<Mention> rules;
    private final List<Mention> checks;

    /** @param labels by {@code name=value}, in the order of the file */
    Policies(
            @Nullable Section defaults,
            Map<String, Section> environments,
            Map<String, Section> labels,
            Map<String, Section> targets,
            List<Mention> rules,
            List<Mention> checks) {
        this.defaults = defaults;
        this.environments = environments;
        this.labels = labels;
        this.targets = targets;
        this.rules = List.copyOf(rules);
        this.checks = List.copyOf(checks);
    }

    /** What became of reading a file. */
    public sealed interface Read {
        record Good(Policies policies) implements Read {}

        /** @param problems all of them, in the order of the file; at least one */
        record Bad(List<PolicyProblem> problems) implements Read {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads the text of a file, whatever it holds. */
    public static Read read(String yaml) {
        return PolicyReader.read(yaml);
    }

    /** No file: nothing is demanded. */
    public static Policies none() {
        return NONE;
    }

    public TargetPolicy of(String target, String environment, Map<String, String> labels) {
        List<Section> levels = levels(target, environment, labels);
        return new TargetPolicy(
                value(levels, Key.REQUIRED_CHECKS).orElse(List.of()),
                value(levels, Key.BACKUP).orElse(BackupRule.UNSET),
                new Windows(
                        value(levels, Key.WINDOWS).orElse(List.of()),
                        levels.stream()
                                .flatMap(level -> level.get(Key.FREEZES).stream())
                                .flatMap(entry -> entry.value().stream())
                                .toList()),
                value(levels, Key.APPROVALS).orElse(List.of()),
                new RollbackRule(
                        value(levels, Key.DERIVED_UNDO).orElse(DerivedUndo.APPROVE),
                        value(levels, Key.ROLLBACK_ON_FAILURE).orElse(false)),
                value(levels, Key.BLOCKED_RULES).orElse(List.of()),
                new Limits(
                        value(levels, Key.BLOCKED_TIME).orElse(null),
                        value(levels, Key.STATEMENTS).orElse(null),
                        value(levels, Key.QUEUED_RUNS).orElse(null)),
                new ScriptPermission(
                        value(levels, Key.GIT_ONLY).orElse(false),
                        value(levels, Key.REPOSITORIES).orElse(List.of())),
                value(levels, Key.GROUP).orElse(false));
    }

    /** What applies to a target, each value with where it comes from. */
    public List<Explained> explain(String target, String environment, Map<String, String> labels) {
        List<Section> levels = levels(target, environment, labels);
        List<Explained> explained = new ArrayList<>();
        for (Key<?> key : Key.ALL) {
            if (key.equals(Key.FREEZES)) {
                levels.forEach(level -> explained.addAll(level.explain(key)));
            } else {
                narrowest(levels, key).ifPresent(level -> explained.addAll(level.explain(key)));
            }
        }
        return explained;
    }

    /** The targets that have a level of their own; a name that no target bears is a mistake that only an installation can see. */
    public Set<String> targets() {
        return Collections.unmodifiableSet(targets.keySet());
    }

    /** The names of rules that it has: this module knows none, and takes any. */
    public List<Mention> rules() {
        return rules;
    }

    /** The names of checks that it has; this module takes any. */
    public List<Mention> checks() {
        return checks;
    }

    private List<Section> levels(String target, String environment, Map<String, String> given) {
        return Stream.of(
                        Stream.ofNullable(defaults),
                        Stream.ofNullable(environments.get(environment.toLowerCase(Locale.ROOT))),
                        labels.entrySet().stream()
                                .filter(label -> carries(given, label.getKey()))
                                .map(Map.Entry::getValue),
                        Stream.ofNullable(targets.get(target)))
                .flatMap(level -> level)
                .toList();
    }

    private static boolean carries(Map<String, String> labels, String label) {
        int equals = label.indexOf('=');
        return label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
    }

    private static <T> Optional<T> value(List<Section> levels, Key<T> key) {
        return narrowest(levels, key).flatMap(level -> level.get(key)).map(Entry::value);
    }

    private static Optional<Section> narrowest(List<Section> levels, Key<?> key) {
        return levels.reversed().stream()
                .filter(level -> level.get(key).isPresent())
                .findFirst();
    }
}
