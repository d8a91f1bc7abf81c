package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One entry of a run's timeline.
 *
 * @param type of the event, such as {@code io.slipway.ValidationPassed.v1}
 * @param detail the event as JSON, without the text of scripts
 */
public record Step(
        String type,
        Instant time,
        String summary,
        @JsonRawValue @Schema(implementation = Object.class) String detail) {

    /** The event's name alone. */
    public String name() {
        int version = type.lastIndexOf(".v");
        int prefix = type.lastIndexOf('.', version - 1);
        return version < 0 ? type : type.substring(prefix + 1, version);
    }
}
