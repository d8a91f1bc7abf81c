package io.slipway.validator.resume;

import io.slipway.contracts.PlannedScript;
import io.slipway.sql.source.Position;
import io.slipway.sql.split.Comment;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.util.List;

/**
 * The text of a script without the statements that have run, except for settings of the session, which are made anew; what
 * is left keeps its lines and columns.
 */
public final class RemainingText {
    private RemainingText() {}

    /** @param sql the script's text, placeholders replaced or not */
    public static String of(PlannedScript script, String sql) {
        Integer resumesAt = script.resumesAt();
        if (resumesAt == null || resumesAt == 1) {
            return sql;
        }
        SplitScript split = Splitter.split(sql);
        List<Fragment> fragments = split.fragments();
        int cut = resumesAt > fragments.size() ? sql.length() : start(split, resumesAt - 1);
        var text = new StringBuilder(blank(sql.substring(0, cut))).append(sql, cut, sql.length());
        fragments.stream()
                .limit(resumesAt - 1)
                .filter(Fragment::setsSession)
                .forEach(setting -> restore(setting, sql, text));
        return text.toString();
    }

    private static void restore(Fragment setting, String sql, StringBuilder text) {
        int start = setting.span().start().offset();
        int end = sql.indexOf(';', setting.span().end()) + 1;
        if (end > 0) {
            text.replace(start, end, sql.substring(start, end));
        }
    }

    /** With the comments above it, which may be meant for it. */
    private static int start(SplitScript split, int index) {
        int before = split.fragments().get(index - 1).span().end();
        int start = split.fragments().get(index).span().start().offset();
        return split.comments().stream()
                .filter(Comment::ownLine)
                .map(Comment::start)
                .mapToInt(Position::offset)
                .filter(offset -> offset >= before && offset < start)
                .min()
                .orElse(start);
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\r\\n]", " ");
    }
}
