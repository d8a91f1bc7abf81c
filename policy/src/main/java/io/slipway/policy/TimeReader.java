package io.slipway.policy;

import io.slipway.policy.Nodes.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** Reads windows and freezes. */
final class TimeReader {
    private static final List<String> WINDOW = List.of("name", "rrule", "start", "zone", "duration");
    private static final List<String> FREEZE = List.of("from", "to", "zone", "reason");

    /** A shorter one nobody can meet. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** A longer one is no window but a time without a freeze. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private final Nodes nodes;
    private final Values values;

    TimeReader(Nodes nodes) {
        this.nodes = nodes;
        this.values = new Values(nodes);
    }

    Optional<List<Window>> windows(Node node) {
        Set<String> names = new HashSet<>();
        return all(node, "'windows'", item -> window(item).filter(window -> {
            boolean other = names.add(window.name());
            if (!other) {
                nodes.problem(
                        item, "Two windows are called '%s'; give each a name of its own.".formatted(window.name()));
            }
            return other;
        }));
    }

    Optional<List<Freeze>> freezes(Node node) {
        return all(node, "'freezes'", this::freeze);
    }

    /** All items; none when any of them cannot be read. */
    private <T> Optional<List<T>> all(Node node, String what, Function<Node, Optional<T>> item) {
        int before = nodes.problems().size();
        List<T> read = new ArrayList<>();
        for (Node each : nodes.items(node, what)) {
            item.apply(each).ifPresent(read::add);
        }
        return nodes.problems().size() == before ? Optional.of(read) : Optional.empty();
    }

    private Optional<Window> window(Node node) {
        Map<String, Field> fields = nodes.fields(node, "A window", WINDOW, WINDOW);
        Optional<String> name = value(fields, "name", field -> nodes.text(field, "'name'"));
        Optional<String> rule = value(fields, "rrule", this::rule);
        Optional<LocalDateTime> start = value(fields, "start", field -> values.local(field, "'start'"));
        Optional<ZoneId> zone = value(fields, "zone", field -> values.zone(field, "'zone'"));
        Optional<Duration> duration =
                value(fields, "duration", field -> values.duration(field, "'duration'", SHORTEST, LONGEST));
        if (name.isEmpty() || rule.isEmpty() || start.isEmpty() || zone.isEmpty() || duration.isEmpty()) {
            return Optional.empty();
        }
        Recurrence opens = new Recurrence(rule.get(), start.get(), zone.get());
        if (!opens.occurs()) {
            nodes.problem(
                    node,
                    "The window '%s' never opens: 'rrule' has no occurrence from 'start' on.".formatted(name.get()));
            return Optional.empty();
        }
        return Optional.of(new Window(name.get(), opens, zone.get(), duration.get(), Nodes.line(node)));
    }

    private Optional<String> rule(Node node) {
        Optional<String> text = nodes.text(node, "'rrule'");
        Optional<String> flaw = text.flatMap(Recurrence::flaw);
        flaw.ifPresent(why -> nodes.problem(
                node, "'rrule' must be a recurrence rule after RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TU. " + why));
        return flaw.isPresent() ? Optional.empty() : text;
    }

    private Optional<Freeze> freeze(Node node) {
        Map<String, Field> fields = nodes.fields(node, "A freeze", FREEZE, FREEZE);
        Optional<LocalDateTime> from = value(fields, "from", field -> values.local(field, "'from'"));
        Optional<LocalDateTime> to = value(fields, "to", field -> values.local(field, "'to'"));
        Optional<ZoneId> zone = value(fields, "zone", field -> values.zone(field, "'zone'"));
        Optional<String> reason = value(fields, "reason", field -> nodes.text(field, "'reason'"));
        if (from.isEmpty() || to.isEmpty() || zone.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        // Where clocks go back a local time comes twice: frozen from its first to its second.
        Instant begin = from.get().atZone(zone.get()).toInstant();
        Instant end = to.get().atZone(zone.get()).withLaterOffsetAtOverlap().toInstant();
        if (!begin.isBefore(end)) {
            nodes.problem(node, "'from' (%s) must be before 'to' (%s); correct one.".formatted(from.get(), to.get()));
            return Optional.empty();
        }
        return Optional.of(new Freeze(begin, end, zone.get(), reason.get(), Nodes.line(node)));
    }

    private static <T> Optional<T> value(Map<String, Field> fields, String name, Function<Node, Optional<T>> read) {
        return Optional.ofNullable(fields.get(name)).map(Field::value).flatMap(read);
    }
}
