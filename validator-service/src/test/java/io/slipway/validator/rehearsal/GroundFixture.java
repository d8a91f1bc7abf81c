package io.slipway.validator.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the examples of the rules take for granted: the sections of {@code ground.sql} that one of them needs. */
final class GroundFixture {
    private static final Pattern SECTION = Pattern.compile("(?m)^-- >> (\\S+)(?: when (.+))?$");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static final List<Section> ALL = sections(resource("/rule-examples/ground.sql"));

    private record Section(String name, Pattern phrase, String sql) {
        /** The name of the section that it hangs on; empty for one that stands alone. */
        String parent() {
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
    }

    private final String example;
    private final Set<String> leftOut = new HashSet<>();

    /** @param example its text, which says the names of what it needs */
    GroundFixture(String example) {
        this.example = words(example);
    }

    String sql() {
        StringBuilder sql = new StringBuilder();
        laid().forEach(section -> sql.append(section.sql()));
        return sql.toString();
    }

    private List<Section> laid() {
        Set<Section> laid = new HashSet<>();
        String said = example;
        int before = -1;
        while (before < laid.size()) {
            before = laid.size();
            for (Section section : ALL) {
                boolean wanted = !leftOut.contains(section.name())
                        && section.phrase().matcher(said).find();
                if (wanted && stands(section, laid) && laid.add(section)) {
                    said += " " + words(section.sql());
                }
            }
        }
        return ALL.stream().filter(laid::contains).toList();
    }

    private static boolean stands(Section section, Set<Section> laid) {
        return section.parent().isEmpty()
                || laid.stream().anyMatch(other -> other.name().equals(section.parent()));
    }

    /**
     * Leaves out what the example makes itself.
     *
     * @param refusal the server's, such as {@code column "a" of relation "orders" already exists}
     * @return whether there was something to leave out
     */
    boolean leaveOut(String refusal) {
        List<String> named =
                QUOTED.matcher(refusal).results().map(name -> name.group(1)).toList();
        List<String> candidates = new ArrayList<>();
        if (refusal.contains("multiple primary keys")) {
            named.forEach(table -> candidates.add("%1$s.%1$s_pkey".formatted(table)));
        } else if (refusal.contains("already exists") && named.size() > 1) {
            candidates.add(named.get(1) + "." + named.getFirst());
        } else if (refusal.contains("already exists")) {
            candidates.add(named.getFirst());
        }
        List<Section> laid = laid();
        return laid.stream()
                .map(Section::name)
                .filter(name -> candidates.stream().anyMatch(found -> name.equals(found) || name.endsWith("." + found)))
                .findFirst()
                .map(leftOut::add)
                .orElse(false);
    }

    private static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        Matcher header = SECTION.matcher(text);
        boolean found = header.find();
        while (found) {
            String name = header.group(1);
            String phrase = header.group(2) == null ? name : header.group(2);
            int from = header.end();
            found = header.find();
            sections.add(new Section(
                    name,
                    Pattern.compile("(?<!\\w)(" + phrase + ")(?!\\w)"),
                    text.substring(from, found ? header.start() : text.length())));
        }
        return sections;
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(GroundFixture.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
