package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
import io.slipway.contracts.Derivation;
import io.slipway.contracts.ScriptOrigin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person wants to know of a plan besides its scripts. */
final class PlanLines {
    private final Style style;

    PlanLines(Style style) {
        this.style = style;
    }

    List<String> lines(RunView.@Nullable Planned plan) {
        List<String> lines = new ArrayList<>();
        if (plan == null) {
            return lines;
        }
        if (plan.origin() != null) {
            lines.add(Style.printable(origin(plan.origin())));
        }
        if (plan.estimate() != null) {
            lines.add("Estimate: %s, from what the same scripts took on other targets"
                    .formatted(Took.text(plan.estimate())));
        }
        plan.scripts().forEach(script -> derived(script, lines));
        if (plan.warnings() != null) {
            plan.warnings().forEach(warning -> lines.add(style.yellow(Style.printable("Warning: " + warning))));
        }
        return lines;
    }

    private void derived(RunView.Script script, List<String> lines) {
        Derivation derived = script.derived();
        if (derived != null) {
            lines.add(style.yellow(
                    Style.printable("Nobody wrote %s: it was derived from %s and proved on a copy of the schema"
                            .formatted(script.name(), derived.script()))));
            derived.losses().forEach(loss -> lines.add(style.yellow(Style.printable("  " + loss))));
        }
    }

    private static String origin(ScriptOrigin origin) {
        String folder = origin.path() == null ? "" : ", folder " + origin.path();
        return "Scripts: %s at %s, commit %s%s"
                .formatted(origin.repository(), origin.revision(), origin.commit(), folder);
    }
}
