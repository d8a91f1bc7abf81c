package io.slipway.targets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code postgresql://user:password@host:5432/database?sslmode=require}, percent-decoded.
 * @param parameters by libpq's names; only those that Slipway honours
 */
record PostgresUrl(
        String host,
        int port,
        String database,
        @Nullable String username,
        @Nullable Password password,
        Map<String, String> parameters) {
    private static final int DEFAULT_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;
    private static final String SHAPE =
            "expected postgresql://USER:PASSWORD@HOST:5432/DATABASE, with reserved characters percent-encoded (@ is %40, / is %2F, : is %3A, % is %25)";

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<userinfo>[^/?#]*)@)?(?<host>\\[[0-9a-fA-F:.%]+]|[^:/?#@\\[\\],]+)"
                    + "(?::(?<port>\\d{1,5}))?/(?<database>[^/?#]+)(?:\\?(?<query>[^#]*))?",
            Pattern.CASE_INSENSITIVE);

    /** The driver's names beside libpq's. */
    private static final Map<String, String> HONOURED = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("user", "user"),
            Map.entry("password", "password"),
            Map.entry("application_name", "application_name"),
            Map.entry("applicationname", "application_name"),
            Map.entry("connect_timeout", "connect_timeout"),
            Map.entry("connecttimeout", "connect_timeout"),
            Map.entry("channel_binding", "channel_binding"),
            Map.entry("channelbinding", "channel_binding"),
            Map.entry("options", "options"));

    /**
     * @throws IllegalArgumentException whose message says what is allowed, and repeats nothing of the value but the name
     *     of a parameter
     */
    static PostgresUrl parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    text.contains(",") && !text.contains("@,") ? "exactly one host is allowed; " + SHAPE : SHAPE);
        }
        String authority = text.substring(0, text.lastIndexOf('@') + 1);
        String userinfoWritten = url.group("userinfo");
        if (!authority.isEmpty() && !authority.endsWith("//" + userinfoWritten + "@")) {
            // Then a part of the password may have been taken for the name of a parameter.
            throw new IllegalArgumentException("exactly one '@' is allowed, before the host; " + SHAPE);
        }
        Map<String, String> parameters = parameters(url.group("query"));
        String[] userinfo = split(url.group("userinfo"));
        return new PostgresUrl(
                host(url.group("host")),
                port(url.group("port")),
                decode(url.group("database")),
                firstOf(userinfo[0], parameters.remove("user")),
                secret(firstOf(userinfo[1], parameters.remove("password"))),
                Map.copyOf(parameters));
    }

    private static @Nullable String[] split(@Nullable String userinfo) {
        if (userinfo == null) {
            return new @Nullable String[] {null, null};
        }
        int colon = userinfo.indexOf(':');
        return colon < 0
                ? new @Nullable String[] {decode(userinfo), null}
                : new @Nullable String[] {decode(userinfo.substring(0, colon)), decode(userinfo.substring(colon + 1))};
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String written = equals < 0 ? pair : pair.substring(0, equals);
            String name = HONOURED.get(written.toLowerCase(Locale.ROOT));
            if (name == null || equals < 0) {
                throw new IllegalArgumentException(
                        "the parameter '%s' is not honoured; allowed are %s, each with a value. Set anything else with options=-c%%20name%%3Dvalue"
                                .formatted(
                                        written,
                                        String.join(
                                                ", ",
                                                HONOURED.values().stream()
                                                        .distinct()
                                                        .sorted()
                                                        .toList())));
            }
            if (parameters.put(name, decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("the parameter '%s' is given twice".formatted(name));
            }
        }
        return parameters;
    }

    private static String host(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : decode(host);
    }

    private static int port(@Nullable String port) {
        int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
        if (number < 1 || number > HIGHEST_PORT) {
            throw new IllegalArgumentException("the port must be 1 to " + HIGHEST_PORT);
        }
        return number;
    }

    private static @Nullable Password secret(@Nullable String value) {
        return value == null ? null : new Password(value);
    }

    private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /** In this part of a URL a plus sign is a plus sign, not a blank. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message repeats a part of the value, which may be the password; so it is not passed on.
            throw new IllegalArgumentException("a '%' is not followed by two hexadecimal digits; " + SHAPE);
        }
    }
}
