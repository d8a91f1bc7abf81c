package io.slipway.targets;

/**
 * One setting that cannot be used.
 * @param key the configuration key, or the environment variable
 * @param value as it was found, without secrets
 * @param expected what would be allowed
 */
public record InvalidSetting(String key, String value, String expected) {
    private static final int LONGEST_VALUE = 200;

    public InvalidSetting {
        value = Redaction.of(value);
        if (value.length() > LONGEST_VALUE) {
            value = value.substring(0, LONGEST_VALUE) + "...";
        }
    }

    @Override
    public String toString() {
        return "%s = '%s': %s".formatted(key, value, expected);
    }
}
