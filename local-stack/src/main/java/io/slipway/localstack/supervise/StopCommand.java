package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.Checkout;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway stop}: ends the stack that {@code start} runs, and waits until it is gone. */
@Command(
        name = "stop",
        description = "Stops the local stack that 'start' has started, and waits until it is gone.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class StopCommand implements Callable<Integer> {

    /**
     * Each service may take 15 s, side by side, or 60 s after the first start of a build; then come Kafka with 15 s and
     * PostgreSQL with 20 s, and after that first start the five caches.
     */
    private static final int PATIENCE_SECONDS = 180;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "FOLDER", description = "The folder that was given to 'start'.")
    private @Nullable Path folder;

    @Override
    public Integer call() {
        var where = folder == null ? Checkout.locate().stateFolder() : folder;
        var out = spec.commandLine().getOut();
        var running = Running.in(where).flatMap(state -> state.supervisor().find());
        if (running.isEmpty()) {
            out.println("The local stack is not running.");
            return 0;
        }
        running.get().destroy();
        try {
            running.get().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            spec.commandLine()
                    .getErr()
                    .println("Process " + running.get().pid() + " has not ended after " + PATIENCE_SECONDS
                            + " s; its logs are in " + where.toAbsolutePath());
            return 1;
        }
        out.println("The local stack has stopped.");
        return 0;
    }
}
