package io.slipway.policy;

import io.slipway.policy.RollbackRule.DerivedUndo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a level of the policy may set. A dot in the name stands for a mapping of its own.
 *
 * @param shown the value as people read it, entry by entry
 */
record Key<T>(String name, BiFunction<Reading, Node, Optional<T>> read, Function<Entry<T>, List<Shown>> shown) {
    /** What values are read with. */
    record Reading(Nodes nodes, Map<String, Set<String>> roles) {
        Values values() {
            return new Values(nodes);
        }

        TimeReader times() {
            return new TimeReader(nodes);
        }
    }

    /** A value, and in which line it begins. */
    record Entry<T>(T value, int line) {}

    /** A part of a value for people to read. */
    record Shown(String text, int line) {}

    private static final int MOST_STATEMENTS = 1_000_000;
    private static final int MOST_QUEUED = 100_000;

    static final Key<List<String>> REQUIRED_CHECKS =
            list("required-checks", (in, node) -> in.values().checks(node, "'required-checks'"));
    static final Key<BackupRule> BACKUP = single(
            "backup",
            (in, node) -> in.values()
                    .choice(node, "'backup'", List.of(BackupRule.ALWAYS, BackupRule.IRREVERSIBLE, BackupRule.NEVER)),
            Values::word);
    static final Key<List<Window>> WINDOWS =
            new Key<>("windows", (in, node) -> in.times().windows(node), each(Window::toString, Window::line));
    static final Key<List<Freeze>> FREEZES =
            new Key<>("freezes", (in, node) -> in.times().freezes(node), each(Freeze::toString, Freeze::line));
    static final Key<List<ApprovalRule>> APPROVALS = new Key<>(
            "approvals",
            (in, node) -> new ApprovalReader(in.nodes(), in.roles()).read(node),
            each(Key::text, ApprovalRule::line));
    static final Key<DerivedUndo> DERIVED_UNDO = single(
            "derived-undo",
            (in, node) -> in.values().choice(node, "'derived-undo'", List.of(DerivedUndo.values())),
            Values::word);
    static final Key<Boolean> ROLLBACK_ON_FAILURE = single(
            "rollback-on-failure", (in, node) -> in.nodes().truth(node, "'rollback-on-failure'"), String::valueOf);
    static final Key<List<String>> BLOCKED_RULES =
            list("blocked-rules", (in, node) -> in.values().rules(node, "'blocked-rules'"));
    static final Key<Duration> BLOCKED_TIME = single(
            "limits.blocked-time",
            (in, node) -> in.values().duration(node, "'blocked-time'", Duration.ZERO, Duration.ofDays(1)),
            LocalText::of);
    static final Key<Integer> STATEMENTS = single(
            "limits.statements",
            (in, node) -> in.nodes().number(node, "'statements'", 1, MOST_STATEMENTS),
            String::valueOf);
    static final Key<Integer> QUEUED_RUNS = single(
            "limits.queued-runs",
            (in, node) -> in.nodes().number(node, "'queued-runs'", 1, MOST_QUEUED),
            String::valueOf);
    static final Key<Boolean> GIT_ONLY =
            single("scripts.git-only", (in, node) -> in.nodes().truth(node, "'git-only'"), String::valueOf);
    static final Key<List<String>> REPOSITORIES =
            list("scripts.repositories", (in, node) -> in.values().repositories(node, "'repositories'"));

    static final Key<Boolean> GROUP = single("group", (in, node) -> in.nodes().truth(node, "'group'"), String::valueOf);

    static final List<Key<?>> ALL = List.of(
            REQUIRED_CHECKS,
            BACKUP,
            WINDOWS,
            FREEZES,
            APPROVALS,
            DERIVED_UNDO,
            ROLLBACK_ON_FAILURE,
            BLOCKED_RULES,
            BLOCKED_TIME,
            STATEMENTS,
            QUEUED_RUNS,
            GIT_ONLY,
            REPOSITORIES,
            GROUP);

    private static Key<List<String>> list(String name, BiFunction<Reading, Node, Optional<List<String>>> read) {
        return single(name, read, texts -> texts.isEmpty() ? "none" : String.join(", ", texts));
    }

    private static <T> Key<T> single(
            String name, BiFunction<Reading, Node, Optional<T>> read, Function<T, String> text) {
        return new Key<>(name, read, entry -> List.of(new Shown(text.apply(entry.value()), entry.line())));
    }

    private static <T> Function<Entry<List<T>>, List<Shown>> each(Function<T, String> text, Function<T, Integer> line) {
        return entry -> entry.value().isEmpty()
                ? List.of(new Shown("none", entry.line()))
                : entry.value().stream()
                        .map(item -> new Shown(text.apply(item), line.apply(item)))
                        .toList();
    }

    private static String text(ApprovalRule rule) {
        Condition when = rule.when();
        String asked = String.join(
                " and ",
                Stream.of(
                                when.risk() == null ? "" : "risk from " + Values.word(when.risk()),
                                when.rules().isEmpty() ? "" : "any of " + String.join(", ", when.rules()))
                        .filter(text -> !text.isEmpty())
                        .toList());
        return "%d of %s, for %s, %s%s"
                .formatted(
                        rule.count(),
                        String.join(" or ", rule.roles()),
                        LocalText.of(rule.expires()),
                        asked.isEmpty() ? "always" : "on " + asked,
                        when.rollbacks() ? "" : ", not for rollbacks");
    }

    /** The names at the outermost: {@code limits} and not {@code limits.statements}. */
    static List<String> names() {
        return ALL.stream().map(key -> key.name().split("\\.")[0]).distinct().toList();
    }

    /** The names below a group. */
    static List<String> names(String group) {
        return ALL.stream()
                .map(key -> key.name().split("\\."))
                .filter(parts -> parts.length == 2 && parts[0].equals(group))
                .map(parts -> parts[1])
                .toList();
    }

    static Optional<Key<?>> find(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }
}
