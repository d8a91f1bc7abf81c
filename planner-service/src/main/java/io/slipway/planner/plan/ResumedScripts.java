package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.targets.flyway.ScriptStatements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The scripts of a plan as they go on, or why one cannot.
 *
 * @param said what is passed over, in words
 */
record ResumedScripts(List<PlannedScript> planned, List<String> said, Optional<Failure> refusal) {
    ResumedScripts {
        planned = List.copyOf(planned);
        said = List.copyOf(said);
    }

    /** Where a script goes on; empty for one that begins. */
    @FunctionalInterface
    interface Begun {
        Optional<Resumption> of(PlannedScript script) throws SQLException;
    }

    /** All from their beginning. */
    static ResumedScripts none(List<PlannedScript> planned) {
        return new ResumedScripts(planned, List.of(), Optional.empty());
    }

    /** @param planned as they would run from their beginning */
    static ResumedScripts of(List<PlannedScript> planned, Begun begun) throws SQLException {
        List<PlannedScript> resumed = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (PlannedScript script : planned) {
            Optional<Resumption> resumption = begun.of(script);
            if (resumption.isEmpty()) {
                resumed.add(script);
                continue;
            }
            switch (resumption.get()) {
                case Resumption.Refused refused -> {
                    return new ResumedScripts(List.of(), List.of(), Optional.of(refused.failure()));
                }
                case Resumption.At at -> {
                    resumed.add(script.resumedAt(at.statement()));
                    said.add(at.words(script));
                }
            }
        }
        return new ResumedScripts(resumed, said, Optional.empty());
    }

    /** The statements of a script as Flyway sends them. */
    static List<String> statements(PlannedScript script, FlywaySettings settings, DataSource target) {
        var file = new ScriptFile(script.name(), script.sql());
        return ScriptStatements.of(target, settings, file, script.sqlConf());
    }
}
