package io.slipway.localstack.supervise;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The services that a supervisor left running when it was killed: nobody watches them, and they hold the ports. */
final class Leftovers {

    private static final int PATIENCE_SECONDS = 15;

    private Leftovers() {}

    /** The caller holds the folder, so the processes in its state file belong to no living supervisor. */
    static void kill(StateFile.State former, Consumer<String> progress) {
        for (var recorded : former.processes()) {
            recorded.find().ifPresent(process -> {
                progress.accept("stopping " + recorded.name() + ", left running by a former start");
                process.destroyForcibly();
                process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            });
        }
    }
}
