package io.slipway.benchmarks.stack;

import io.slipway.localstack.supervise.LocalStack;
import io.slipway.localstack.supervise.StackConfig;
import java.util.function.UnaryOperator;

/** A stack on free ports with temporary data. Its processes are in sessions of their own, so Ctrl-C does not reach them. */
public final class MeasuredStack implements AutoCloseable {

    private final LocalStack stack;

    private MeasuredStack(StackConfig config) {
        stack = new LocalStack(config.training(), note -> {});
    }

    /** Returns when all of it is ready and runs as it does from the second start of a build on. */
    public static MeasuredStack start() {
        return start(UnaryOperator.identity());
    }

    /** Likewise, with settings of one's own. */
    public static MeasuredStack start(UnaryOperator<StackConfig> settings) {
        var first = launch(settings);
        if (!first.stack.records()) {
            return first;
        }
        first.close();
        return launch(settings);
    }

    private static MeasuredStack launch(UnaryOperator<StackConfig> settings) {
        var measured = new MeasuredStack(settings.apply(StackConfig.temporary()));
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
