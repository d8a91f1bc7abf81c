package io.slipway.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Valid PostgreSQL that the grammar lacks, put in words that it knows. The text keeps its length where positions inside
 * the statement matter.
 */
final class GrammarGaps {
    /** What the grammar takes for a column in the place of {@code SYSTEM_USER}, which it does not know. */
    static final String SYSTEM_USER = "system$user";

    private static final int FLAGS = Pattern.CASE_INSENSITIVE;

    /** Comments, names and strings in quotes. */
    private static final String OPAQUE =
            "(?<opaque>--[^\\n\\r]*+|/\\*(?s:.*?)\\*/|\"[^\"]*+\"|'[^']*+'|(?<![\\w$])\\$(?<tag>\\w*+)\\$(?s:.*?)\\$\\k<tag>\\$)|";

    private static final Pattern QUOTED_LANGUAGE = Pattern.compile("\\b(language\\s+)'(\\w+)'", FLAGS);
    private static final Pattern ROUTINE = Pattern.compile("^(alter|drop)\\s+routine\\b", FLAGS);
    private static final Pattern SEQUENCE_TYPE =
            Pattern.compile("^((?:alter|create)\\s[^'\"]*?sequence\\b[^'\"]*?\\bas\\s+)int[248]?\\b", FLAGS);
    private static final Pattern SYSTEM_USER_FUNCTION =
            Pattern.compile(OPAQUE + "\\bsystem_user\\b(?!\\s*+[.(])", FLAGS);
    private static final Pattern AT_LOCAL = Pattern.compile(OPAQUE + "\\bat(?<gap>\\s++)local\\b", FLAGS);
    private static final Pattern BUFFER_LIMIT = Pattern.compile("\\bbuffer_usage_limit\\s++(?:'[^']*+'|\\w++)", FLAGS);
    private static final Pattern VACUUM = Pattern.compile("^(?:vacuum|analy[sz]e)\\s*+\\([^()]*+\\)", FLAGS);
    private static final Pattern RESET = Pattern.compile(OPAQUE + "\\breset\\s*+\\([^()'\"]*+\\)", FLAGS);
    private static final Pattern VALUE = Pattern.compile("=[^,)]*+");
    private static final String ROLE_OPTION = "(?:admin|inherit|set)\\s++(?:option|true|false)";
    private static final Pattern ROLE_OPTIONS = Pattern.compile(
            "^(grant\\s[^;]*?\\swith\\s++)(" + ROLE_OPTION + "(?:\\s*+,\\s*+" + ROLE_OPTION + ")++)", FLAGS);
    private static final Pattern EVERY_ROLE_OPTION = Pattern.compile(ROLE_OPTION, FLAGS);
    private static final Pattern PASSES_ON = Pattern.compile("^admin\\s++(?:option|true)", FLAGS);
    private static final Pattern ROUTINES =
            Pattern.compile("^drop\\s++(?:function|procedure|routine|aggregate)\\s++(?:if\\s++exists\\s++)?", FLAGS);
    private static final String IDENTIFIER = "(?:\"[^\"]*+(?:\"\"[^\"]*+)*+\"|[^\\s\"'(),;]++)";
    private static final Pattern PREPARED =
            Pattern.compile(OPAQUE + "\\bas\\s++execute\\s++" + IDENTIFIER + "(?=\\s*+(?:$|with\\s|--|/\\*))", FLAGS);
    private static final Pattern ALTERED_CONSTRAINT = Pattern.compile(
            OPAQUE + "(?<head>\\balter\\s++constraint\\s++)(?<name>" + IDENTIFIER + ")"
                    + "(?<attributes>(?:\\s++(?:(?:not\\s++)?(?:deferrable|enforced)|initially\\s++(?:deferred|immediate))\\b)++)",
            FLAGS);
    private static final Pattern ENFORCED = Pattern.compile("\\s(?<not>not\\s++)?enforced\\b", FLAGS);
    private static final Pattern BEHAVIOUR = Pattern.compile("\\s(?:cascade|restrict)\\s*+$", FLAGS);

    /** Where a sequence says its type. The pattern tries all pairs of words, so it must not get more to look at. */
    private static final int HEAD = 2_000;

    /** Each is parsed on its own, with the others blank. */
    private static final int MOST_ROUTINES = 100;

    private GrammarGaps() {}

    static String bridge(String statement) {
        String text = QUOTED_LANGUAGE.matcher(statement).replaceAll("$1 $2 ");
        text = ROUTINE.matcher(text).replaceFirst("$1 FUNCTION");
        text = outsideQuotes(text, SYSTEM_USER_FUNCTION, _ -> SYSTEM_USER);
        // Like AT LOCAL, it stands behind a value and names nothing.
        text = outsideQuotes(text, AT_LOCAL, found -> "IS" + found.group("gap") + " NULL");
        text = outsideQuotes(text, RESET, found -> replace(VALUE, found.group(), value -> blank(value.group())));
        // Nothing with a place of its own stands behind it.
        text = outsideQuotes(text, PREPARED, found -> found.group() + "()");
        text = outsideQuotes(text, ALTERED_CONSTRAINT, GrammarGaps::attributesInName);
        text = replace(VACUUM, text, GrammarGaps::withoutLimit);
        int head = Math.min(text.length(), HEAD);
        String start = replace(ROLE_OPTIONS, text.substring(0, head), GrammarGaps::oneOption);
        return SEQUENCE_TYPE.matcher(start).replaceFirst("$1integer") + text.substring(head);
    }

    /** A DROP of several routines, as one statement of the same length for each; empty for anything else. */
    static List<String> oneByOne(String statement) {
        Matcher start = ROUTINES.matcher(statement);
        if (!start.find()) {
            return List.of();
        }
        Matcher behaviour = BEHAVIOUR.matcher(statement);
        int end = behaviour.find() ? behaviour.start() : statement.length();
        List<Integer> commas = commas(statement, start.end(), end);
        List<String> statements = new ArrayList<>();
        if (commas.size() < MOST_ROUTINES) {
            int from = start.end();
            for (int to : commas) {
                statements.add(statement.substring(0, start.end())
                        + blank(statement.substring(start.end(), from))
                        + statement.substring(from, to)
                        + blank(statement.substring(to, end))
                        + statement.substring(end));
                from = Math.min(to + 1, end);
            }
        }
        return statements;
    }

    /** Those between the routines, not those between arguments, and the end. */
    private static List<Integer> commas(String text, int from, int to) {
        List<Integer> commas = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            } else if (!quoted && c == ',' && depth == 0) {
                commas.add(i);
            }
        }
        commas.add(to);
        return commas;
    }

    /** What {@link #bridge} has made a part of the constraint's name in the action, which says whether it is enforced. */
    static String enforcement(String action) {
        Matcher found = ALTERED_CONSTRAINT.matcher(action);
        boolean bridged = found.lookingAt()
                && found.group("opaque") == null
                && ENFORCED.matcher(found.group("attributes")).find();
        return bridged ? found.group("attributes") : "";
    }

    /** @param attributes as {@link #enforcement} tells them */
    static boolean enforces(String attributes) {
        Matcher found = ENFORCED.matcher(attributes);
        return found.find() && found.group("not") == null;
    }

    private static String attributesInName(MatchResult action) {
        String attributes = enforcement(action.group()).replaceAll("\\s", "\\$");
        if (attributes.isEmpty()) {
            return action.group();
        }
        String name = action.group("name");
        return action.group("head")
                + (name.endsWith("\"") ? name.substring(0, name.length() - 1) + attributes + '"' : name + attributes);
    }

    private static String withoutLimit(MatchResult options) {
        return replace(
                BUFFER_LIMIT,
                options.group(),
                limit -> "VERBOSE" + blank(limit.group().substring("VERBOSE".length())));
    }

    /** The one that lets the role be passed on, or else the first: no other makes a difference here. */
    private static String oneOption(MatchResult grant) {
        String options = grant.group(2);
        List<String> all = EVERY_ROLE_OPTION
                .matcher(options)
                .results()
                .map(MatchResult::group)
                .toList();
        String kept = all.stream()
                .filter(option -> PASSES_ON.matcher(option).find())
                .findFirst()
                .orElse(all.getFirst());
        return grant.group(1) + kept + blank(options.substring(kept.length()));
    }

    private static String outsideQuotes(String text, Pattern gap, Function<MatchResult, String> bridge) {
        return replace(gap, text, found -> found.group("opaque") == null ? bridge.apply(found) : found.group());
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> replacement) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }

    /** Lines stay where they are. */
    private static String blank(String text) {
        return text.replaceAll("[^\\n\\r]", " ");
    }
}
