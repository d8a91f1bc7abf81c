package io.slipway.validator.check.outcome;

import io.slipway.validator.ValidatorConfig.CheckConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each check is to be taken: the defaults, and what configuration says otherwise. */
public record CheckSettings(Map<Check, CheckSetting> settings) {

    public CheckSettings {
        settings = Collections.unmodifiableMap(new EnumMap<>(settings));
    }

    /**
     * @throws IllegalArgumentException when a name is none of a check, or a limit cannot be read
     */
    public static CheckSettings of(Map<String, CheckConfig> given) {
        given.keySet().forEach(CheckSettings::known);
        Map<Check, CheckSetting> settings = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            settings.put(check, setting(check, given.get(check.text())));
        }
        return new CheckSettings(settings);
    }

    public CheckSetting of(Check check) {
        CheckSetting setting = settings.get(check);
        if (setting == null) {
            throw new IllegalStateException("There is no setting for the check " + check.text());
        }
        return setting;
    }

    private static void known(String name) {
        if (Check.find(name).isEmpty()) {
            throw new IllegalArgumentException("slipway.validator.checks.%s: there is no such check; there are %s."
                    .formatted(
                            name, Arrays.stream(Check.values()).map(Check::text).toList()));
        }
    }

    private static CheckSetting setting(Check check, @Nullable CheckConfig given) {
        if (given == null) {
            return new CheckSetting(
                    true,
                    check.criticalByDefault(),
                    limit(check, check.defaultLimit().orElse("")));
        }
        return new CheckSetting(
                given.enabled().orElse(true),
                given.critical().orElse(check.criticalByDefault()),
                limit(check, given.limit().or(check::defaultLimit).orElse("")));
    }

    private static long limit(Check check, String text) {
        if (text.isBlank()) {
            return 0;
        }
        String key = "slipway.validator.checks.%s.limit".formatted(check.text());
        Unit unit = check.unit()
                .filter(any -> check.defaultLimit().isPresent())
                .orElseThrow(
                        () -> new IllegalArgumentException("%s=%s: this check has no limit.".formatted(key, text)));
        try {
            return unit.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s=%s: expected a figure like %s (%s)."
                            .formatted(key, text, check.defaultLimit().orElse(""), e.getMessage()),
                    e);
        }
    }
}
