package io.slipway.validator.rehearsal;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells statements that reach beyond their database, or out of the server, and so must not be tried. */
final class ClusterWide {
    private static final Pattern STATEMENT = Pattern.compile(
            "(create|alter|drop)\\s+(role|user|group|database|tablespace|subscription)\\b(?!\\s+mapping)"
                    + "|alter\\s+system\\b|reassign\\s+owned\\b|drop\\s+owned\\b"
                    + "|copy\\b.*\\b(from|to)\\s+(program\\b|'|\\$\\$|stdin\\b)");
    private static final Pattern GAP = Pattern.compile("--[^\n]*|/\\*.*?\\*/|\\s+", Pattern.DOTALL);

    /** The leading words decide; a COPY names its file far behind the columns. */
    private static final int LOOKED_AT = 4_000;

    private ClusterWide() {}

    static boolean reaches(String statement) {
        String head = statement.substring(0, Math.min(statement.length(), LOOKED_AT));
        String words = GAP.matcher(head).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        return STATEMENT.matcher(words).lookingAt();
    }
}
