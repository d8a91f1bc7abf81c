package io.slipway.planner.scripts;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which repositories a rule means. */
final class RepositoryRules {
    private RepositoryRules() {}

    /** Whether a URL is one of these, in which {@code *} stands for any text without a slash. */
    static boolean listed(List<String> patterns, RepositoryUrl url) {
        return patterns.stream()
                .anyMatch(pattern -> pattern(pattern).matcher(url.text()).matches());
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")));
    }

    /** Up to the end of a segment: {@code https://git.example.org} means nothing of {@code https://git.example.org.evil.net}. */
    static boolean below(String prefix, RepositoryUrl url) {
        String text = url.text();
        boolean whole = prefix.endsWith("/") || prefix.endsWith(":");
        return text.startsWith(prefix)
                && (whole || text.length() == prefix.length() || text.charAt(prefix.length()) == '/');
    }
}
