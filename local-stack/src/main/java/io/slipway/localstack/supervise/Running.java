package io.slipway.localstack.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the stack that runs in a folder. */
final class Running {

    private Running() {}

    /** Nothing when no supervisor lives there, whatever an old state file says. */
    static Optional<StateFile.State> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return new StateFile(folder)
                .read()
                .filter(state -> state.supervisor().find().isPresent());
    }
}
