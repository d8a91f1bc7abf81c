package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name under which a target database is registered; never a host or a credential. */
public record TargetId(@JsonValue String name) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    @JsonCreator
    public TargetId {
        if (!ALLOWED.matcher(Required.present("target", name)).matches()) {
            throw new IllegalArgumentException(
                    "A target name has 1 to 63 characters of a-z, 0-9, '.', '_' and '-' and starts with a letter or digit, but got '%s'."
                            .formatted(name));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
