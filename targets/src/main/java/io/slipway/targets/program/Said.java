package io.slipway.targets.program;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a program has written, without secrets, addresses and excess length, so that it may enter a log or an event. */
public final class Said {
    private static final int MAX_LINES = 5;
    private static final int MAX_CHARACTERS = 1_000;
    private static final Pattern PASSWORD_SETTING = Pattern.compile("(?i)(password\\s*=\\s*)('[^']*'|\\S+)");
    private static final Pattern USER_INFO = Pattern.compile("(?i)(postgres(?:ql)?://)[^\\s@/]+@");
    private static final Pattern ADDRESS =
            Pattern.compile("connection to server (?:at|on socket) \"[^\"]*\"(?: \\([^)]*\\))?,? (?:port \\d+ )?");
    private static final List<String> SECRETS = List.of("PGPASSWORD");
    /** Shorter ones would blacken half of an ordinary sentence. */
    private static final int SHORTEST_SECRET = 3;

    private Said() {}

    /** The whole text without passwords, for the log. */
    public static String withoutSecrets(String text, Map<String, String> environment) {
        String clean = text;
        for (String name : SECRETS) {
            String secret = environment.getOrDefault(name, "");
            if (secret.length() >= SHORTEST_SECRET) {
                clean = clean.replace(secret, "***");
            }
        }
        clean = PASSWORD_SETTING.matcher(clean).replaceAll("$1***");
        return USER_INFO.matcher(clean).replaceAll("$1***@");
    }

    /** The first lines without passwords and addresses, for a failure message. */
    public static String excerpt(String text, Map<String, String> environment) {
        String clean = ADDRESS.matcher(withoutSecrets(text, environment)).replaceAll("connection to the target ");
        List<String> lines = clean.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MAX_LINES)
                .toList();
        String joined = String.join(" / ", lines);
        return joined.length() <= MAX_CHARACTERS ? joined : joined.substring(0, MAX_CHARACTERS) + "...";
    }
}
