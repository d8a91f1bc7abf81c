package io.slipway.targets;

import java.util.regex.Pattern;

/** Takes secrets out of values before they reach a message; rather too much than too little. */
final class Redaction {
    /** Up to the last {@code @}: an unencoded password may itself contain {@code @}, {@code /} and {@code ?}. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)//.*@");

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?is)([?&;\\s](?:ssl)?(?:password|pass|pwd|secret|token|user)=)[^&]*");

    private Redaction() {}

    static String of(String value) {
        if (value.contains("-----BEGIN") || value.indexOf('\n') >= 0) {
            return "(text of several lines, not shown)";
        }
        String bare = USER_INFO.matcher(value).replaceAll("//***@");
        if (bare.equals(value)) {
            int at = value.lastIndexOf('@');
            bare = at < 0 ? value : "***" + value.substring(at);
        }
        return SECRET_PARAMETER.matcher(bare).replaceAll("$1***");
    }
}
