package io.slipway.planner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.planner.intake.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/approvals.md against the code. */
class ApprovalsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "approvals.md");
    private static final Pattern REQUEST = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ANSWER = Pattern.compile("^\\| 4\\d\\d \\| `([A-Z_]+)`", Pattern.MULTILINE);

    @Test
    void theRequestOnThePageIsOne() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        MatchResult json = REQUEST.matcher(page).results().findFirst().orElseThrow();

        // When
        ApprovalGiven approval = EventJson.mapper().readValue(json.group(1), ApprovalGiven.class);

        // Then
        assertThat(approval.requestedBy()).isEqualTo("berta");
        assertThat(page).contains("slipway approve " + approval.runId());
    }

    @Test
    void theAnswersOnThePageAreThoseOfTheIntake() throws IOException {
        // When
        var codes = ANSWER.matcher(Files.readString(PAGE))
                .results()
                .map(code -> code.group(1))
                .toList();

        // Then
        assertThat(codes).hasSize(5);
        assertThat(Arrays.stream(Rejection.Reason.values()).map(Enum::name)).containsAll(codes);
    }
}
