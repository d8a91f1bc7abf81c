package io.slipway.sql.rule;

import io.slipway.sql.source.Span;
import io.slipway.sql.split.Comment;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The suppressions of one script.
 *
 * @param invalid those that silence nothing, each as a hit of {@link ScriptRules#SUPPRESSION_INVALID}
 */
public record Suppressions(List<Suppression> valid, List<Hit> invalid) {
    private static final String MARK = "slipway:ignore";
    private static final Pattern DIRECTIVE = Pattern.compile(
            "slipway:ignore(?<file>-file)?(?:\\s+(?<rules>[^:]*?))?\\s*(?::(?<reason>.*))?", Pattern.DOTALL);

    public Suppressions {
        valid = List.copyOf(valid);
        invalid = List.copyOf(invalid);
    }

    public static Suppressions of(SplitScript script) {
        List<Suppression> valid = new ArrayList<>();
        List<Hit> invalid = new ArrayList<>();
        List<Comment> comments = script.comments();
        List<Fragment> fragments = script.fragments();
        int next = 0;
        for (int i = 0; i < comments.size(); i++) {
            Comment comment = comments.get(i);
            while (next < fragments.size()
                    && fragments.get(next).span().start().offset()
                            < comment.start().offset()) {
                next++;
            }
            String text = content(comment);
            int above = standsAbove(comments, i, fragments, next) ? next : fragments.size();
            if (text.startsWith(MARK)) {
                read(comment, text, next, above, fragments.size(), valid, invalid);
            } else {
                foreign(comment, text, above, fragments.size()).ifPresent(valid::add);
            }
        }
        return new Suppressions(valid, invalid);
    }

    /** Those of other tools are obeyed where they mean something, and never complained of. */
    private static Optional<Suppression> foreign(Comment comment, String text, int above, int fragments) {
        return ForeignComment.of(text)
                .filter(found -> found.wholeFile() || above < fragments)
                .map(found -> new Suppression(
                        found.ruleIds(),
                        found.tool(),
                        found.wholeFile() ? Suppression.WHOLE_FILE : above,
                        span(comment),
                        true));
    }

    private static Span span(Comment comment) {
        return new Span(comment.start(), comment.text().length());
    }

    private static void read(
            Comment comment,
            String text,
            int next,
            int above,
            int fragments,
            List<Suppression> valid,
            List<Hit> invalid) {
        Matcher directive = DIRECTIVE.matcher(text);
        if (!directive.matches()) {
            invalid.add(invalid(comment, "it does not have the form slipway:ignore rule-id: reason"));
            return;
        }
        boolean wholeFile = directive.group("file") != null;
        Set<String> rules = rules(directive.group("rules"));
        String reason = directive.group("reason") == null
                ? ""
                : directive.group("reason").strip();
        String unknown =
                rules.stream().filter(rule -> Rules.find(rule).isEmpty()).collect(Collectors.joining(", "));
        if (rules.isEmpty()) {
            invalid.add(invalid(comment, "it names no rule"));
        } else if (!unknown.isEmpty()) {
            invalid.add(invalid(comment, "there is no rule " + unknown));
        } else if (rules.contains(ScriptRules.SUPPRESSION_INVALID.id())) {
            invalid.add(invalid(comment, ScriptRules.SUPPRESSION_INVALID.id() + " cannot be suppressed"));
        } else if (reason.isEmpty()) {
            invalid.add(invalid(comment, "it gives no reason"));
        } else if (wholeFile && next > 0) {
            invalid.add(invalid(comment, "slipway:ignore-file belongs above the first statement"));
        } else if (!wholeFile && above == fragments) {
            invalid.add(invalid(comment, "it does not stand directly above a statement"));
        } else {
            valid.add(new Suppression(rules, reason, wholeFile ? Suppression.WHOLE_FILE : above, span(comment), false));
        }
    }

    /** Directly above: on lines of their own, with nothing but further comments up to the statement. */
    private static boolean standsAbove(List<Comment> comments, int from, List<Fragment> fragments, int next) {
        if (next == fragments.size()) {
            return false;
        }
        int statementLine = fragments.get(next).span().start().line();
        int i = from;
        while (i + 1 < comments.size()
                && comments.get(i).ownLine()
                && comments.get(i + 1).start().line() == comments.get(i).lastLine() + 1
                && comments.get(i + 1).start().line() < statementLine) {
            i++;
        }
        return comments.get(i).ownLine() && comments.get(i).lastLine() + 1 == statementLine;
    }

    private static String content(Comment comment) {
        String text = comment.text();
        return text.startsWith("--")
                ? text.substring(2).strip()
                : text.substring(2, text.length() - 2).strip();
    }

    private static Set<String> rules(@Nullable String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(rule -> !rule.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Hit invalid(Comment comment, String why) {
        return Hit.of(span(comment), "This suppression does nothing: " + why + ".");
    }
}
