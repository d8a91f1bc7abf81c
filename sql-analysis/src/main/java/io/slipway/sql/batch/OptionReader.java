package io.slipway.sql.batch;

import io.slipway.sql.ast.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the options of one marker, and says what is wrong with them. */
final class OptionReader {
    private static final Set<String> REQUIRED = Set.of("table", "key", "size");
    private static final Set<String> OPTIONAL = Set.of("pause", "max-lag", "lock-wait");

    private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
    private static final Pattern OPTION =
            Pattern.compile("\\s+(?<name>[\\w-]+)=(?<value>(?:\"(?:[^\"]|\"\")*\"|[^\\s\"])+)");
    private static final Pattern NAME = Pattern.compile("(?:(?<schema>%1$s)\\.)?(?<local>%1$s)".formatted(IDENTIFIER));
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,6}");
    private static final Pattern DURATION = Pattern.compile("(?<number>[0-9]{1,7})(?<unit>ms|s|m|h)?");

    private final String text;
    private final List<String> mistakes = new ArrayList<>();

    OptionReader(String text) {
        this.text = text;
    }

    /** Each a sentence; empty before {@link #read}. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    Optional<BatchOptions> read() {
        Map<String, String> values = values();
        Set<String> missing = new TreeSet<>(REQUIRED);
        missing.removeAll(values.keySet());
        missing.forEach(name -> mistakes.add(
                "It needs %s=, for example: slipway:batch table=orders key=id size=5000 pause=100ms.".formatted(name)));
        Name table = values.containsKey("table") ? name(values.get("table")) : null;
        Name key = values.containsKey("key") ? name(values.get("key")) : null;
        if (key != null && key.schema() != null) {
            mistakes.add("key= is the name of a column alone, without its table.");
        }
        int size = values.containsKey("size") ? size(values.get("size")) : 0;
        Duration pause = duration("pause", values, true);
        Duration maxLag = duration("max-lag", values, false);
        Duration lockWait = duration("lock-wait", values, false);
        return mistakes.isEmpty() && table != null && key != null
                ? Optional.of(new BatchOptions(
                        table, key.local(), size, pause == null ? Duration.ZERO : pause, maxLag, lockWait))
                : Optional.empty();
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(text);
        int end = 0;
        while (option.find() && option.start() == end) {
            end = option.end();
            String name = option.group("name");
            if (!REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
                mistakes.add("There is no option '%s': there are table, key, size, pause, max-lag and lock-wait."
                        .formatted(name));
            } else if (values.put(name, option.group("value")) != null) {
                mistakes.add("It says %s= twice.".formatted(name));
            }
        }
        String rest = text.substring(end).strip();
        if (!rest.isEmpty()) {
            mistakes.add("Options have the form name=value, and this has not: '%s'.".formatted(rest));
        }
        return values;
    }

    private @Nullable Name name(String value) {
        Matcher name = NAME.matcher(value);
        if (!name.matches()) {
            mistakes.add("'%s' is no name.".formatted(value));
            return null;
        }
        String schema = name.group("schema");
        return new Name(schema == null ? null : identifier(schema), identifier(name.group("local")));
    }

    private static String identifier(String text) {
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text.toLowerCase(Locale.ROOT);
    }

    private int size(String value) {
        int size = SIZE.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (size < 1 || size > BatchOptions.MAX_SIZE) {
            mistakes.add(
                    "size= is a number of rows from 1 to %d, and not '%s'.".formatted(BatchOptions.MAX_SIZE, value));
        }
        return size;
    }

    private @Nullable Duration duration(String option, Map<String, String> values, boolean mayBeZero) {
        String value = values.get(option);
        if (value == null) {
            return null;
        }
        Duration duration = duration(value);
        if (duration == null || duration.compareTo(BatchOptions.MAX_WAIT) > 0 || duration.isZero() && !mayBeZero) {
            mistakes.add(
                    "%s= is a time of up to an hour such as 100ms, 2s or 1m, and not '%s'.".formatted(option, value));
            return null;
        }
        return duration;
    }

    private static @Nullable Duration duration(String value) {
        Matcher found = DURATION.matcher(value);
        if (!found.matches()) {
            return null;
        }
        long number = Long.parseLong(found.group("number"));
        String unit = found.group("unit");
        if (unit == null) {
            return number == 0 ? Duration.ZERO : null;
        }
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
