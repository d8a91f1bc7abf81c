package io.slipway.policy;

import io.slipway.policy.Nodes.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads which runs need whose approval. */
final class ApprovalReader {
    private static final List<String> RULE = List.of("when", "from", "count", "expires");
    private static final List<String> WHEN = List.of("risk", "rules", "rollbacks");
    private static final int MOST_PEOPLE = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** A working day and the night after it, so that who approves in the morning covers the window of that night. */
    private static final Duration EXPIRES = Duration.ofHours(24);

    private final Nodes nodes;
    private final Values values;
    private final Map<String, Set<String>> roles;

    ApprovalReader(Nodes nodes, Map<String, Set<String>> roles) {
        this.nodes = nodes;
        this.values = new Values(nodes);
        this.roles = roles;
    }

    Optional<List<ApprovalRule>> read(Node node) {
        int before = nodes.problems().size();
        List<ApprovalRule> rules = new ArrayList<>();
        for (Node item : nodes.items(node, "'approvals'")) {
            rules.add(rule(item));
        }
        return nodes.problems().size() == before ? Optional.of(rules) : Optional.empty();
    }

    /** With defaults for what cannot be read: a problem was noted then. */
    private ApprovalRule rule(Node node) {
        Map<String, Field> fields = nodes.fields(node, "An approval", RULE, List.of("from"));
        Condition when = or(fields, "when", this::condition, new Condition(null, List.of(), true));
        List<String> from = or(fields, "from", this::from, List.of());
        int count = or(fields, "count", field -> nodes.number(field, "'count'", 1, MOST_PEOPLE), 1);
        Duration expires =
                or(fields, "expires", field -> values.duration(field, "'expires'", SHORTEST, LONGEST), EXPIRES);
        Set<String> people = new TreeSet<>();
        from.forEach(role -> people.addAll(roles.getOrDefault(role, Set.of())));
        if (!from.isEmpty() && people.size() < count) {
            nodes.problem(
                    node,
                    "%d people must approve, but %s together have %d; lower 'count' or add people to a role."
                            .formatted(count, String.join(", ", from), people.size()));
        }
        return new ApprovalRule(when, from, count, expires, Nodes.line(node), people);
    }

    private Optional<List<String>> from(Node node) {
        int before = nodes.problems().size();
        Optional<List<String>> names = values.texts(node, "'from'");
        if (names.isPresent()) {
            nodes.items(node, "'from'").forEach(this::role);
            if (names.get().isEmpty()) {
                nodes.problem(node, "'from' is empty, so that nobody could approve; name a role.");
            }
        }
        return nodes.problems().size() == before ? names : Optional.empty();
    }

    private void role(Node node) {
        nodes.text(node, "A role")
                .filter(role -> !roles.containsKey(role))
                .ifPresent(role -> nodes.problem(
                        node,
                        "There is no role '%s'; 'roles' has %s."
                                .formatted(
                                        Nodes.quoted(role),
                                        roles.isEmpty() ? "none" : String.join(", ", roles.keySet()))));
    }

    private Optional<Condition> condition(Node node) {
        Map<String, Field> fields = nodes.fields(node, "'when'", WHEN, List.of());
        @Nullable
        Level risk = value(fields, "risk", field -> values.choice(field, "'risk'", List.of(Level.values())))
                .orElse(null);
        List<String> rules = or(fields, "rules", field -> values.rules(field, "'rules'"), List.of());
        boolean rollbacks = or(fields, "rollbacks", field -> nodes.truth(field, "'rollbacks'"), true);
        return Optional.of(new Condition(risk, rules, rollbacks));
    }

    private static <T> T or(Map<String, Field> fields, String name, Function<Node, Optional<T>> read, T otherwise) {
        return value(fields, name, read).orElse(otherwise);
    }

    private static <T> Optional<T> value(Map<String, Field> fields, String name, Function<Node, Optional<T>> read) {
        return Optional.ofNullable(fields.get(name)).map(Field::value).flatMap(read);
    }
}
