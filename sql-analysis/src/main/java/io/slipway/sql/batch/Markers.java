package io.slipway.sql.batch;

import io.slipway.sql.batch.BatchReading.Defect;
import io.slipway.sql.batch.BatchReading.Part;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Comment;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The markers of a script, and the comments that look as if they were meant to be one: a mistyped marker must not make one
 * long transaction of what was to be many short ones.
 *
 * @param at where the first one stands; null without any
 * @param options of a script that has exactly one, in its place and without mistakes
 */
record Markers(@Nullable Span at, Optional<BatchOptions> options, List<Defect> defects) {
    /** A comment that is written like one for Slipway. */
    private static final Pattern OURS = Pattern.compile("slipway:(?<word>[a-z][\\w-]*)(?<rest>.*)", flags());

    /** Whatever else may have been meant for a marker; the planner looks for the same words. */
    private static final Pattern MENTION = Pattern.compile("slipway\\s*:\\s*batch", flags());

    private static final String IGNORE = "ignore";
    private static final String BATCH = "batch";

    static Markers of(SplitScript script) {
        List<Defect> defects = new ArrayList<>();
        Span first = null;
        Optional<BatchOptions> options = Optional.empty();
        for (Comment comment : script.comments()) {
            String text = content(comment);
            Matcher ours = OURS.matcher(text);
            boolean directive = ours.matches() && !ours.group("word").startsWith(IGNORE);
            if (!directive && !MENTION.matcher(text).find()) {
                continue;
            }
            Span at = new Span(comment.start(), comment.text().length());
            if (!directive || !text.startsWith("slipway:batch")) {
                defects.add(
                        defect(
                                at,
                                "This marks nothing: a marker is a comment of its own that begins with slipway:batch, and other comments do not speak of it."));
            } else if (!ours.group("word").equals(BATCH)) {
                defects.add(defect(at, "There is no slipway:%s.".formatted(ours.group("word"))));
            } else if (first != null) {
                defects.add(defect(at, "This is the second marker of the script, which runs in one way only."));
            } else if (behindAStatement(at, script)) {
                defects.add(defect(at, "A marker stands above the statement that it is about."));
            } else {
                options = read(ours.group("rest"), at, defects);
            }
            first = first == null ? at : first;
        }
        for (Fragment fragment : script.fragments()) {
            if (MENTION.matcher(fragment.text()).find()) {
                first = first == null ? fragment.span() : first;
                defects.add(defect(fragment.span(), "A marker stands above its statement, not inside of it."));
            }
        }
        return new Markers(first, options, defects);
    }

    boolean none() {
        return at == null;
    }

    /** @throws IllegalStateException without any */
    Span first() {
        if (at == null) {
            throw new IllegalStateException("The script has no marker.");
        }
        return at;
    }

    private static Optional<BatchOptions> read(String text, Span at, List<Defect> defects) {
        OptionReader reader = new OptionReader(text);
        Optional<BatchOptions> options = reader.read();
        reader.mistakes().forEach(mistake -> defects.add(defect(at, mistake)));
        return options;
    }

    private static boolean behindAStatement(Span marker, SplitScript script) {
        return script.fragments().stream()
                .anyMatch(fragment ->
                        fragment.span().start().offset() < marker.start().offset());
    }

    private static String content(Comment comment) {
        String text = comment.text();
        return text.startsWith("--")
                ? text.substring(2).strip()
                : text.substring(2, text.length() - 2).strip();
    }

    private static Defect defect(Span at, String message) {
        return new Defect(Part.MARKER, at, message);
    }

    private static int flags() {
        return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    }
}
