package io.slipway.targets;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how sessions that migrate are set up. */
final class SessionReader {
    /** Flyway quotes the role as a literal without doubling quotes, and PostgreSQL cuts what is longer. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}'\"\\\\,]{1,63}");

    private static final String ALLOWED = "allowed are 1 to 63 characters without quotes, commas and backslashes";
    private static final int MOST_SCHEMAS = 50;

    private final String prefix;
    private final List<InvalidSetting> refused;

    SessionReader(String prefix, List<InvalidSetting> refused) {
        this.prefix = prefix;
        this.refused = refused;
    }

    SessionSettings read(TargetsConfig.TargetConfig given) {
        List<String> path =
                given.searchPath().orElse(List.of()).stream().map(String::strip).toList();
        path.forEach(schema -> name("search-path", schema));
        if (path.size() > MOST_SCHEMAS) {
            refused.add(new Setting(prefix + ".search-path", String.join(",", path))
                    .refused("allowed are at most %d schemas".formatted(MOST_SCHEMAS)));
        }
        return new SessionSettings(
                name("run-as", given.runAs()),
                path,
                given.statementTimeout(),
                given.idleInTransactionTimeout(),
                name("ledger-schema", given.ledgerSchema()));
    }

    private @Nullable String name(String key, Optional<String> given) {
        return given.map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name(key, name))
                .orElse(null);
    }

    private String name(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            refused.add(new Setting(prefix + "." + key, name).refused(ALLOWED));
        }
        return name;
    }
}
