package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run waits.
 *
 * @param behind the run it waits for, when it waits for its turn
 * @param until when it is looked at again, where that is known
 * @param roles whose approval it waits for, any of them; empty where it waits for something else
 */
public record Hold(
        Reason reason,
        String detail,
        @Nullable RunId behind,
        @Nullable Instant until,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> roles) {

    /** What it waits for. */
    public enum Reason {
        TURN,
        WINDOW,
        APPROVAL
    }

    public Hold {
        Required.present("reason", reason);
        Required.present("detail", detail);
        roles = List.copyOf(roles);
    }

    /** One that no approval ends. */
    public Hold(Reason reason, String detail, @Nullable RunId behind, @Nullable Instant until) {
        this(reason, detail, behind, until, List.of());
    }
}
