package io.slipway.cli.run;

import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
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
        if (plan.warnings() != null) {
            plan.warnings().forEach(warning -> lines.add(style.yellow(Style.printable("Warning: " + warning))));
        }
        return lines;
    }

    private static String origin(ScriptOrigin origin) {
        String folder = origin.path() == null ? "" : ", folder " + origin.path();
        return "Scripts: %s at %s, commit %s%s"
                .formatted(origin.repository(), origin.revision(), origin.commit(), folder);
    }
}
