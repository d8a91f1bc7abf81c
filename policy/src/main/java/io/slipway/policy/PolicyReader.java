package io.slipway.policy;

import io.slipway.policy.Key.Reading;
import io.slipway.policy.Nodes.Field;
import java.io.StringReader;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a whole policy file. */
final class PolicyReader {
    private static final List<String> KEYS =
            List.of("version", "roles", "defaults", "environments", "labels", "targets");
    private static final int VERSION = 1;

    /** A larger file is hardly written by people. */
    private static final int MOST_CHARACTERS = 1 << 20;

    /** The format itself needs seven. */
    private static final int DEEPEST = 20;

    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9-]{1,32}");
    private static final Pattern LABEL = Pattern.compile("[^=\\s][^=]*=.*");
    private static final Pattern TARGET = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final Nodes nodes = new Nodes();

    private PolicyReader() {}

    static Policies.Read read(String yaml) {
        if (yaml.length() > MOST_CHARACTERS) {
            return bad(
                    1,
                    1,
                    String.format(
                            Locale.ROOT,
                            "The file has %,d characters, and at most %,d are read; shorten it.",
                            yaml.length(),
                            MOST_CHARACTERS));
        }
        try {
            Node root = yaml().compose(new StringReader(yaml));
            return root == null
                    ? bad(1, 1, "The file is empty; write 'version: 1' at least.")
                    : new PolicyReader().read(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            return mark == null ? bad(1, 1, notYaml(e)) : bad(mark.getLine() + 1, mark.getColumn() + 1, notYaml(e));
        } catch (YAMLException e) {
            return bad(1, 1, notYaml(e));
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        return new Yaml(options);
    }

    private static String notYaml(YAMLException e) {
        String why = e instanceof MarkedYAMLException marked ? marked.getProblem() : e.getMessage();
        return "This is not YAML that can be read: %s."
                .formatted(String.valueOf(why).lines().findFirst().orElse(""));
    }

    private static Policies.Read bad(int line, int column, String message) {
        return new Policies.Read.Bad(List.of(new PolicyProblem(line, column, message)));
    }

    private Policies.Read read(Node root) {
        Map<String, Field> fields = nodes.fields(root, "The policy", KEYS, List.of("version"));
        value(fields, "version").ifPresent(node -> nodes.number(node, "'version'", VERSION, VERSION));
        Reading in = new Reading(nodes, value(fields, "roles").map(this::roles).orElse(Map.of()));
        @Nullable
        Section defaults = value(fields, "defaults")
                .map(node -> Section.read(in, "defaults", node))
                .orElse(null);
        Policies policies = new Policies(
                defaults,
                sections(
                        in,
                        fields,
                        "environments",
                        ENVIRONMENT,
                        "the name of an environment (1 to 32 of a-z, 0-9 and '-')"),
                sections(in, fields, "labels", LABEL, "name=value"),
                sections(in, fields, "targets", TARGET, "the name of a target (a-z, 0-9, '.', '_', '-')"),
                nodes.rules(),
                nodes.checks());
        return nodes.problems().isEmpty()
                ? new Policies.Read.Good(policies)
                : new Policies.Read.Bad(nodes.problems().stream()
                        .sorted(Comparator.comparing(PolicyProblem::line).thenComparing(PolicyProblem::column))
                        .distinct()
                        .toList());
    }

    private Map<String, Set<String>> roles(Node node) {
        Map<String, Set<String>> roles = new TreeMap<>();
        nodes.mapping(node, "'roles'")
                .forEach((name, field) -> roles.put(
                        name,
                        new TreeSet<>(new Values(nodes)
                                .texts(field.value(), "The role '%s'".formatted(Nodes.quoted(name)))
                                .orElse(List.of()))));
        return roles;
    }

    private Map<String, Section> sections(
            Reading in, Map<String, Field> fields, String group, Pattern names, String expected) {
        Map<String, Section> sections = new LinkedHashMap<>();
        value(fields, group)
                .ifPresent(node -> nodes.mapping(node, "'%s'".formatted(group)).forEach((name, field) -> {
                    if (!names.matcher(name).matches()) {
                        nodes.problem(
                                field.key(),
                                "A key of '%s' must be %s, but is '%s'."
                                        .formatted(group, expected, Nodes.quoted(name)));
                    }
                    String key = group.equals("environments") ? name.toLowerCase(Locale.ROOT) : name;
                    if (sections.put(key, Section.read(in, group + "." + name, field.value())) != null) {
                        nodes.problem(
                                field.key(),
                                "The environment '%s' stands here a second time (case does not matter); keep one."
                                        .formatted(Nodes.quoted(name)));
                    }
                }));
        return sections;
    }

    private static Optional<Node> value(Map<String, Field> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(Field::value);
    }
}
