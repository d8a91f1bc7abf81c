package io.slipway.targets;

import java.util.Optional;

/** A value with the key it was found under, so that a message can name it. */
record Setting(String key, String value) {

    static Optional<Setting> of(String key, Optional<String> value) {
        return value.filter(text -> !text.isBlank()).map(text -> new Setting(key, text.strip()));
    }

    InvalidSetting refused(String expected) {
        return new InvalidSetting(key, value, expected);
    }
}
