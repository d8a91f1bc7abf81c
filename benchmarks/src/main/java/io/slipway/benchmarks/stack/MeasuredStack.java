package io.slipway.benchmarks.stack;

import io.slipway.localstack.supervise.LocalStack;
import io.slipway.localstack.supervise.StackConfig;

/** A stack on free ports with temporary data. Its processes are in sessions of their own, so Ctrl-C does not reach them. */
public final class MeasuredStack implements AutoCloseable {

    private final LocalStack stack = new LocalStack(StackConfig.temporary().training(), note -> {});

    private MeasuredStack() {}

    /** Returns when all of it is ready and runs as it does from the second start of a build on. */
    public static MeasuredStack start() {
        var first = launch();
        if (!first.stack.records()) {
            return first;
        }
        first.close();
        return launch();
    }

    private static MeasuredStack launch() {
        var measured = new MeasuredStack();
        // Stopping twice does nothing, so that the hook may stay.
        Runtime.getRuntime().addShutdownHook(new Thread(measured::close, "stop-benchmark"));
        measured.stack.start();
        return measured;
    }

    public LocalStack stack() {
        return stack;
    }

    @Override
    public void close() {
        stack.stop();
    }
}
