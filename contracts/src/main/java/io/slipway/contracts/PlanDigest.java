package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The SHA-256 over everything that a plan will run; what was validated, approved and executed must all name the same. */
public record PlanDigest(@JsonValue String value) {
    private static final Pattern ALLOWED = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator
    public PlanDigest {
        if (!ALLOWED.matcher(Required.present("digest", value)).matches()) {
            throw new IllegalArgumentException(
                    "A plan digest is 'sha256:' and 64 hexadecimal digits, but got '%s'.".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
