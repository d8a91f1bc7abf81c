package io.slipway.policy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the kinds of values that the keys of a policy have; see {@link Nodes}. */
final class Values {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?");

    /** An address as it is; or a host that is named, and a path in which there may be stars. */
    private static final Pattern REPOSITORY =
            Pattern.compile("[^\\s*]+|(?:[^\\s*:/]+://[^\\s*/]*/|[^\\s*:/]+@[^\\s*:/]+:)\\S*");

    /** Years in which dates make sense; far ones would only make searches long. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 2199;

    private final Nodes nodes;

    Values(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Different names such as {@code drop-table}. */
    private Optional<List<String>> names(Node node, String what) {
        return texts(node, what, text -> NAME.matcher(text).matches(), "names such as drop-table");
    }

    /** Different names of rules; where each stands is kept. */
    Optional<List<String>> rules(Node node, String what) {
        return mentions(node, what, nodes.rules());
    }

    /** Different names of checks; where each stands is kept. */
    Optional<List<String>> checks(Node node, String what) {
        return mentions(node, what, nodes.checks());
    }

    private Optional<List<String>> mentions(Node node, String what, List<Mention> mentions) {
        Optional<List<String>> names = names(node, what);
        if (names.isPresent()) {
            for (Node item : nodes.items(node, what)) {
                nodes.text(item, what)
                        .ifPresent(name -> mentions.add(new Mention(name, Nodes.line(item), Nodes.column(item))));
            }
        }
        return names;
    }

    /** Different texts. */
    Optional<List<String>> texts(Node node, String what) {
        return texts(node, what, text -> true, "texts");
    }

    /** Addresses of Git repositories; the host is named, the path may hold stars. */
    Optional<List<String>> repositories(Node node, String what) {
        return texts(
                node,
                what,
                text -> REPOSITORY.matcher(text).matches(),
                "addresses without spaces, with * in their path at most");
    }

    private Optional<List<String>> texts(Node node, String what, Predicate<String> fits, String expected) {
        int before = nodes.problems().size();
        List<String> texts = new ArrayList<>();
        for (Node item : nodes.items(node, what)) {
            nodes.text(item, "An entry of " + what).ifPresent(text -> {
                if (!fits.test(text)) {
                    nodes.problem(
                            item, "%s must be %s, but one is '%s'.".formatted(what, expected, Nodes.quoted(text)));
                } else if (texts.contains(text)) {
                    nodes.problem(item, "%s has '%s' twice; keep one.".formatted(what, Nodes.quoted(text)));
                } else {
                    texts.add(text);
                }
            });
        }
        return nodes.problems().size() == before ? Optional.of(List.copyOf(texts)) : Optional.empty();
    }

    <E extends Enum<E>> Optional<E> choice(Node node, String what, List<E> choices) {
        Optional<String> text = nodes.text(node, what);
        Optional<E> chosen = text.flatMap(given ->
                choices.stream().filter(each -> word(each).equals(given)).findFirst());
        if (text.isPresent() && chosen.isEmpty()) {
            nodes.problem(
                    node,
                    "%s must be %s, but is '%s'."
                            .formatted(
                                    what,
                                    choices.stream().map(Values::word).collect(Collectors.joining(" or ")),
                                    Nodes.quoted(text.get())));
        }
        return chosen;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    Optional<Duration> duration(Node node, String what, Duration least, Duration most) {
        Optional<String> text = nodes.text(node, what);
        Optional<Duration> duration = text.flatMap(DurationText::parse)
                .filter(found -> found.compareTo(least) >= 0 && found.compareTo(most) <= 0);
        if (text.isPresent() && duration.isEmpty()) {
            nodes.problem(
                    node,
                    "%s must be a duration from %s to %s, such as 6h or 1h30m, but is '%s'."
                            .formatted(what, LocalText.of(least), LocalText.of(most), Nodes.quoted(text.get())));
        }
        return duration;
    }

    Optional<LocalDateTime> local(Node node, String what) {
        Optional<String> text = nodes.text(node, what);
        Optional<LocalDateTime> local = text.flatMap(Values::local);
        if (text.isPresent() && local.isEmpty()) {
            nodes.problem(
                    node,
                    "%s must be a local time from %d to %d, such as 2026-12-18T22:00, but is '%s'."
                            .formatted(what, FIRST_YEAR, LAST_YEAR, Nodes.quoted(text.get())));
        }
        return local;
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Stream.of(text)
                    .filter(given -> LOCAL.matcher(given).matches())
                    .map(LocalDateTime::parse)
                    .filter(local -> local.getYear() >= FIRST_YEAR && local.getYear() <= LAST_YEAR)
                    .findFirst();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // the 30th of February
        }
    }

    Optional<ZoneId> zone(Node node, String what) {
        Optional<String> text = nodes.text(node, what);
        Optional<ZoneId> zone =
                text.filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of);
        if (text.isPresent() && zone.isEmpty()) {
            nodes.problem(
                    node,
                    "%s must be a time zone such as Europe/Berlin or UTC, but is '%s'."
                            .formatted(what, Nodes.quoted(text.get())));
        }
        return zone;
    }
}
