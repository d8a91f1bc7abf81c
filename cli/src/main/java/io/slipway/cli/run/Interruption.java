package io.slipway.cli.run;

import io.slipway.cli.ExitCode;
import java.util.function.Supplier;

/** Turns Ctrl-C into an orderly stop: the last words are said, and the exit code is one of ours. */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    /**
     * Listens from now on.
     *
     * @param lastWords says them and gives the exit code
     */
    Interruption(Supplier<ExitCode> lastWords) {
        hook = new Thread(() -> Runtime.getRuntime().halt(lastWords.get().number()), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C came first: the hook has the last word, and nothing may be printed beside it.
            waitForTheHook();
        }
    }

    private void waitForTheHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
