package io.slipway.targets;

import java.util.regex.Pattern;

/** Takes secrets out of values before they reach a message; rather too much than too little. */
final class Redaction {
    private static final String HIDDEN = "***";

    /** Up to the last {@code @}: an unencoded password may itself contain {@code @}, {@code /} and {@code ?}. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)^.*@");

    private static final Pattern PARAMETER_VALUE = Pattern.compile("(?s)=[^&]*");

    /** Nothing that could be {@code user:password} with a forgotten {@code @}. */
    private static final Pattern HARMLESS_URL = Pattern.compile("[A-Za-z0-9+:]{0,20}//[^:@]*");

    private Redaction() {}

    static String of(String value) {
        if (value.contains("-----BEGIN") || value.indexOf('\n') >= 0) {
            return "(text of several lines, not shown)";
        }
        return USER_INFO.matcher(value).replaceFirst(HIDDEN + "@");
    }

    /** For a value that should be a URL, and may hold a password anywhere. */
    static String ofUrl(String value) {
        boolean harmless =
                value.indexOf('@') >= 0 || HARMLESS_URL.matcher(value).matches();
        return harmless ? PARAMETER_VALUE.matcher(of(value)).replaceAll("=" + HIDDEN) : "(not shown)";
    }
}
