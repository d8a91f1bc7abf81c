package io.slipway.executor.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotLimitsTest {
    private static final Set<String> SERVERS = Set.of("db1:5432", "db2:5432");

    private record Settings(int runs, int runsPerServer, Map<String, Integer> serverRuns) implements SlotsConfig {}

    @Test
    void aServerMayHaveALimitOfItsOwn() {
        var limits = SlotLimits.of(new Settings(8, 4, Map.of("db1:5432", 1)), 8, SERVERS);
        assertThat(limits.at("db1:5432")).isEqualTo(1);
        assertThat(limits.at("db2:5432")).isEqualTo(4);
    }

    @Test
    void refusesTwoNumbersOfRunsForOneExecutor() {
        assertThatThrownBy(() -> SlotLimits.of(new Settings(8, 4, Map.of()), 16, SERVERS))
                .hasMessageContaining("slipway.tasks.threads is 16")
                .hasMessageContaining("set the latter alone");
    }

    @Test
    void refusesAServerThatNoTargetIsOn() {
        assertThatThrownBy(() -> SlotLimits.of(new Settings(8, 4, Map.of("db3:5432", 1)), 8, SERVERS))
                .hasMessageContaining("'db3:5432'")
                .hasMessageContaining("[db1:5432, db2:5432]");
    }

    @Test
    void refusesNoRunsAtAll() {
        assertThatThrownBy(() -> SlotLimits.of(new Settings(8, 0, Map.of()), 8, SERVERS))
                .hasMessage("slipway.executor.runs-per-server must be 1 to 200, but is 0.");
    }
}
