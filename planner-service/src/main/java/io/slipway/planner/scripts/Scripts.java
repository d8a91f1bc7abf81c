package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import java.util.List;

/** What a source of scripts gave. */
public sealed interface Scripts {
    /**
     * @param files in the order of their names
     */
    record Found(List<ScriptFile> files) implements Scripts {
        public Found {
            files = List.copyOf(files);
        }
    }

    record Unusable(Failure failure) implements Scripts {}
}
