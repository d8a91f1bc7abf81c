package io.slipway.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads nodes of a YAML document, and notes each that is not what was expected; what was is returned. */
final class Nodes {
    private static final int LONGEST_QUOTE = 80;

    /** More is no policy that people oversee, and each window costs time whenever a run asks. */
    private static final int MOST_ITEMS = 1_000;

    private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.TIMESTAMP);

    private final List<PolicyProblem> problems = new ArrayList<>();
    private final List<Mention> rules = new ArrayList<>();
    private final List<Mention> checks = new ArrayList<>();

    /** One entry of a mapping. */
    record Field(Node key, Node value) {}

    List<PolicyProblem> problems() {
        return problems;
    }

    /** The names of rules that were read. */
    List<Mention> rules() {
        return rules;
    }

    /** The names of checks that were read. */
    List<Mention> checks() {
        return checks;
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    static int column(Node node) {
        return node.getStartMark().getColumn() + 1;
    }

    void problem(Node at, String message) {
        problems.add(new PolicyProblem(line(at), column(at), message));
    }

    /** The entries of a mapping by their keys, whatever these are; empty when it is none. */
    SequencedMap<String, Field> mapping(Node node, String what) {
        SequencedMap<String, Field> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "%s must be a mapping (key: value), but is %s.".formatted(what, shown(node)));
            return fields;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problem(entry.getKeyNode(), "A key must be text, but is %s.".formatted(shown(entry.getKeyNode())));
                continue;
            }
            Field first = fields.putIfAbsent(key.getValue(), new Field(key, entry.getValueNode()));
            if (first != null) {
                problem(
                        key,
                        "'%s' stands here a second time, first in line %d; keep one of them."
                                .formatted(quoted(key.getValue()), line(first.key())));
            }
        }
        return fields;
    }

    /** Like {@link #mapping}, with the keys that there may be and those that there must be. */
    Map<String, Field> fields(Node node, String what, List<String> known, List<String> required) {
        Map<String, Field> fields = mapping(node, what);
        fields.forEach((name, field) -> {
            if (!known.contains(name)) {
                unknown(field, what, known);
            }
        });
        if (node instanceof MappingNode) {
            for (String name : required) {
                if (!fields.containsKey(name)) {
                    problem(node, "%s lacks '%s'; add it.".formatted(what, name));
                }
            }
        }
        return fields;
    }

    void unknown(Field field, String what, List<String> known) {
        problem(
                field.key(),
                "%s has no key '%s'; known are %s."
                        .formatted(
                                what,
                                field.key() instanceof ScalarNode key ? quoted(key.getValue()) : "",
                                String.join(", ", known)));
    }

    List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().size() > MOST_ITEMS) {
                problem(node, "%s has more than %d entries; shorten it.".formatted(what, MOST_ITEMS));
                return List.of();
            }
            return sequence.getValue();
        }
        problem(node, "%s must be a list ([a, b]), but is %s.".formatted(what, shown(node)));
        return List.of();
    }

    Optional<String> text(Node node, String what) {
        return scalar(node, TEXT, what, "text (in quotes, if it looks like a number)")
                .filter(text -> {
                    if (text.isBlank()) {
                        problem(node, "%s is empty; write a value.".formatted(what));
                    }
                    return !text.isBlank();
                });
    }

    Optional<Boolean> truth(Node node, String what) {
        return scalar(node, Set.of(Tag.BOOL), what, "true or false").flatMap(text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                problem(node, "%s must be true or false, but is '%s'.".formatted(what, text));
                yield Optional.empty();
            }
        });
    }

    Optional<Integer> number(Node node, String what, int least, int most) {
        String expected = least == most ? String.valueOf(least) : "a whole number from %d to %d".formatted(least, most);
        return scalar(node, Set.of(Tag.INT), what, expected).flatMap(text -> {
            // Nine digits and no more are an int; other notations of YAML (0x, 1_000, 1:30) only surprise.
            if (text.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Optional.of(Integer.valueOf(text));
            }
            problem(node, "%s must be %s, but is '%s'.".formatted(what, expected, quoted(text)));
            return Optional.empty();
        });
    }

    private Optional<String> scalar(Node node, Set<Tag> tags, String what, String expected) {
        if (node instanceof ScalarNode scalar && tags.contains(scalar.getTag())) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "%s must be %s, but is %s.".formatted(what, expected, shown(node)));
        return Optional.empty();
    }

    static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String shown(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "empty";
            case ScalarNode scalar -> "'%s'".formatted(quoted(scalar.getValue()));
            default -> "something else";
        };
    }
}
