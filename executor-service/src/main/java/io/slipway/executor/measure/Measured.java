package io.slipway.executor.measure;

import io.slipway.contracts.Figures;
import io.slipway.executor.session.SessionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one script.
 *
 * @param rows changed in all; absent where PostgreSQL could not tell
 * @param tables all whose rows were changed, sorted
 * @param session as the script has left it
 * @param history whether it may have touched Flyway's history
 */
public record Measured(
        @Nullable Long rows, List<String> tables, Figures figures, SessionState session, boolean history) {
    public Measured {
        tables = List.copyOf(tables);
    }
}
