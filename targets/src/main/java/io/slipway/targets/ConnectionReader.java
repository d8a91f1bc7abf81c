package io.slipway.targets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the connection settings of one target out of its keys, its URL, and the environment variables behind them. */
final class ConnectionReader {
    private static final int DEFAULT_CONNECT_SECONDS = 10;
    private static final int MOST_CONNECT_SECONDS = 60;
    /** PostgreSQL cuts names there. */
    private static final int LONGEST_NAME = 63;

    private static final Set<String> CHANNEL_BINDINGS = Set.of("disable", "prefer", "require");

    private final String prefix;
    private final TargetsConfig.TargetConfig given;
    private final TargetVariables fallback;
    private final String environment;
    private final String service;
    private final List<InvalidSetting> refused;

    ConnectionReader(
            String prefix,
            TargetsConfig.TargetConfig given,
            TargetVariables fallback,
            String environment,
            String service,
            List<InvalidSetting> refused) {
        this.prefix = prefix;
        this.given = given;
        this.fallback = fallback;
        this.environment = environment;
        this.service = service;
        this.refused = refused;
    }

    /** Null when the settings were refused. */
    @Nullable
    ConnectionSettings read() {
        Optional<Setting> setting =
                Setting.of(prefix + ".url", given.url()).or(() -> Setting.of(TargetVariables.URL, fallback.url()));
        if (setting.isEmpty()) {
            refused.add(new InvalidSetting(
                    prefix + ".url", "", "a target needs a URL such as postgresql://USER:PASSWORD@HOST:5432/DATABASE"));
            new TlsReader(prefix, given.ssl(), fallback, environment, refused).read(prefix + ".url", null);
            return null;
        }
        return read(setting.get());
    }

    /** The replica where one is configured, with the primary's credentials and protection unless it names its own. */
    @Nullable
    ConnectionSettings replica(@Nullable ConnectionSettings primary) {
        Optional<Setting> setting = Setting.of(prefix + ".read-url", given.readUrl());
        PostgresUrl url = setting.map(this::parse).orElse(null);
        if (url == null || primary == null) {
            return primary;
        }
        String key = prefix + ".read-url";
        Tls tls = url.parameters().keySet().stream().anyMatch(name -> name.startsWith("ssl"))
                ? new TlsReader(prefix, given.ssl(), fallback, environment, refused).read(key, url)
                : primary.tls();
        String username = url.username();
        String channelBinding = channelBinding(key, url);
        return new ConnectionSettings(
                url.host(),
                url.port(),
                url.database(),
                username == null ? primary.username() : username,
                username == null ? primary.password() : url.password(),
                tls,
                primary.applicationName(),
                primary.connectSeconds(),
                url.parameters().getOrDefault("options", primary.options()),
                channelBinding == null ? primary.channelBinding() : channelBinding);
    }

    private @Nullable ConnectionSettings read(Setting setting) {
        PostgresUrl url = parse(setting);
        Tls tls = new TlsReader(prefix, given.ssl(), fallback, environment, refused).read(setting.key(), url);
        if (url == null) {
            return null;
        }
        String username = given.username().filter(name -> !name.isBlank()).orElse(url.username());
        if (username == null || username.isBlank()) {
            refused.add(new InvalidSetting(
                    prefix + ".username", "", "a role is required, here or as postgresql://USER@... in the URL"));
            return null;
        }
        return new ConnectionSettings(
                url.host(),
                url.port(),
                url.database(),
                username,
                given.password().map(Password::new).orElse(url.password()),
                tls,
                applicationName(setting.key(), url),
                connectSeconds(setting.key(), url),
                url.parameters().get("options"),
                channelBinding(setting.key(), url));
    }

    private @Nullable PostgresUrl parse(Setting setting) {
        try {
            return PostgresUrl.parse(setting.value());
        } catch (IllegalArgumentException e) {
            refused.add(new InvalidSetting(
                    setting.key(), Redaction.ofUrl(setting.value()), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private String applicationName(String urlKey, PostgresUrl url) {
        Setting name = Setting.of(prefix + ".application-name", given.applicationName())
                .or(() -> parameter(urlKey, url, "application_name"))
                .orElse(new Setting(prefix + ".application-name", "slipway/" + service));
        if (name.value().length() > LONGEST_NAME) {
            refused.add(name.refused("allowed are at most %d characters".formatted(LONGEST_NAME)));
        }
        return name.value();
    }

    private int connectSeconds(String urlKey, PostgresUrl url) {
        if (given.connectTimeout().isPresent()) {
            return Math.toIntExact(given.connectTimeout().get().plusMillis(999).toSeconds());
        }
        return parameter(urlKey, url, "connect_timeout")
                .map(setting -> {
                    try {
                        return Bounds.whole(setting.value(), 1, MOST_CONNECT_SECONDS);
                    } catch (IllegalArgumentException e) {
                        refused.add(setting.refused(e.getMessage() + ", in seconds"));
                        return DEFAULT_CONNECT_SECONDS;
                    }
                })
                .orElse(DEFAULT_CONNECT_SECONDS);
    }

    private @Nullable String channelBinding(String urlKey, PostgresUrl url) {
        return parameter(urlKey, url, "channel_binding")
                .map(setting -> {
                    String value = setting.value().toLowerCase(Locale.ROOT);
                    if (!CHANNEL_BINDINGS.contains(value)) {
                        refused.add(setting.refused("allowed are disable, prefer and require"));
                    }
                    return value;
                })
                .orElse(null);
    }

    static Optional<Setting> parameter(String urlKey, PostgresUrl url, String name) {
        return Setting.of(
                "%s (parameter %s)".formatted(urlKey, name),
                Optional.ofNullable(url.parameters().get(name)));
    }
}
