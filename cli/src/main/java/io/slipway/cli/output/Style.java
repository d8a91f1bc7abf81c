package io.slipway.cli.output;

import java.util.regex.Pattern;

/**
 * Colours, where they are wanted.
 *
 * @param colours whether the output understands ANSI sequences
 */
public record Style(boolean colours) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    /** Text of others, such as a server's error message, must not steer the terminal. */
    public static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
