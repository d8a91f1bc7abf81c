package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.Kill;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes that a supervisor left running when it was killed: nobody watches them, and they hold the ports. All of
 * them keep what they promised through a SIGKILL.
 */
final class Leftovers {

    private Leftovers() {}

    /** The caller holds the folder, so the processes in its state file belong to no living supervisor. */
    static void kill(StateFile.State former, Consumer<String> progress) {
        var running = former.processes().stream()
                .map(StateFile.Recorded::find)
                .flatMap(Optional::stream)
                .toList();
        if (!running.isEmpty()) {
            progress.accept("stopping " + running.size() + " processes, left running by a former start");
            Kill.all(running.stream()
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                    .toList());
        }
    }
}
