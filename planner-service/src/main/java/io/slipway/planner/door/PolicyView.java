package io.slipway.planner.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.policy.Explained;
import io.slipway.policy.Opening;
import io.slipway.policy.PolicyProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the policy in force says for a target.
 *
 * @param file as it is configured; absent where there is none
 * @param since when this version came into force
 * @param problems of the version that the file has now, where that cannot be used and is not in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(
        String target,
        String environment,
        Map<String, String> labels,
        @Nullable String file,
        Instant since,
        List<Explained> values,
        WindowView window,
        List<PolicyProblem> problems) {
    /**
     * Whether a run may begin now.
     *
     * @param closes until when; absent when nothing closes within the next 370 days, or it is closed
     * @param opens when it opens next; absent when nothing opens within the next 370 days, or it is open
     * @param window the name of the open window, if there is one
     * @param why it is closed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WindowView(
            boolean open,
            @Nullable Instant closes,
            @Nullable Instant opens,
            @Nullable String window,
            @Nullable String why) {
        static WindowView of(Opening opening) {
            return switch (opening) {
                case Opening.Open open -> new WindowView(true, open.closes(), null, open.window(), null);
                case Opening.Closed closed -> new WindowView(false, null, closed.opens(), null, closed.why());
            };
        }
    }
}
