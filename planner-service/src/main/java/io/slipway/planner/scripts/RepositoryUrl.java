package io.slipway.planner.scripts;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The address of a repository. Only plain forms are taken: without escapes, queries, passwords and dot segments a rule about
 * its beginning means what it seems to mean.
 */
record RepositoryUrl(Scheme scheme, String text) {
    private static final String HOST = "(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])";
    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
    private static final String PORT = "(?::\\d{1,5})?";
    private static final String NAME = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9_.~+][A-Za-z0-9_.~+-]*";
    private static final String PATH = "(?:/" + NAME + ")+";

    private static final Map<Scheme, Pattern> FORMS = Map.of(
            Scheme.HTTPS, Pattern.compile("https://" + HOST + PORT + PATH),
            Scheme.SSH,
                    Pattern.compile("ssh://(?:" + USER + "@)?" + HOST + PORT + PATH + "|" + USER + "@" + HOST + ":(?:"
                            + PATH + "|" + NAME + "(?:" + PATH + ")?)"),
            Scheme.FILE, Pattern.compile("file://" + PATH));

    /** How a repository is reached. */
    enum Scheme {
        HTTPS,
        SSH,
        FILE
    }

    static RepositoryUrl parse(String text) throws Unreadable {
        return FORMS.entrySet().stream()
                .filter(form -> form.getValue().matcher(text).matches())
                .findFirst()
                .map(form -> new RepositoryUrl(form.getKey(), text))
                .orElseThrow(RepositoryUrl::unusable);
    }

    /** Without the URL: what was refused may hold a password. */
    private static Unreadable unusable() {
        return new Unreadable(
                "REPOSITORY_URL_UNUSABLE",
                "The repository of the request has no URL of a form that is taken: https://host/path, ssh://user@host/path,"
                        + " user@host:path or file:///path, without password, query, escapes, '..' and a slash at its end.",
                "Correct the URL; credentials belong into 'slipway.planner.git' of the planner.");
    }
}
