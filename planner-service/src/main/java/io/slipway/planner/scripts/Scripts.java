package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a source of scripts gave. */
public sealed interface Scripts {
    /**
     * @param files in the order of their names
     * @param origin the commit, where they come from a repository
     * @param warnings what was passed over
     */
    record Found(List<ScriptFile> files, @Nullable ScriptOrigin origin, List<String> warnings) implements Scripts {
        public Found {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }
    }

    record Unusable(Failure failure) implements Scripts {}

    /** Those that come from no repository. */
    static Found found(List<ScriptFile> files) {
        return new Found(files, null, List.of());
    }
}
