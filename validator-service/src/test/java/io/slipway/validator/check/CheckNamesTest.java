package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.CheckNames;
import io.slipway.validator.check.outcome.Check;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckNamesTest {
    /** {@link CheckPolicy} makes these for every plan; no configuration can switch them. */
    private static final Set<String> ALWAYS = Set.of(
            CheckNames.TARGET_ANSWERS,
            CheckNames.TARGET_TAKES_WRITES,
            CheckNames.TARGET_IS_PLANNED_ONE,
            CheckNames.HISTORY_UNCHANGED,
            CheckNames.ENVIRONMENT);

    @Test
    void policiesCanNameEveryCheckAndNoOther() {
        // Given
        Set<String> switchable = Arrays.stream(Check.values()).map(Check::text).collect(Collectors.toSet());

        // Then
        assertThat(switchable).doesNotContainAnyElementsOf(ALWAYS);
        assertThat(CheckNames.ALL)
                .hasSize(switchable.size() + ALWAYS.size())
                .containsAll(switchable)
                .containsAll(ALWAYS);
    }
}
