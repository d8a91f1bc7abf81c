package io.slipway.benchmarks.figures;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that measures: it tells how far it is on standard error, and its table on standard output. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
public abstract class Benchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Where the results are kept, and what is fetched for them. */
    protected static Path folder() {
        return Folders.create(Checkout.locate().root().resolve("target").resolve("bench"));
    }

    protected final void say(String message) {
        spec.commandLine().getErr().println("bench: " + message);
    }

    /** Prints the figures and keeps them as {@code NAME.json}; returns the exit code. */
    protected final int report(Machine machine, List<Figure> figures) {
        var result = new Result(spec.name(), machine, figures);
        spec.commandLine().getOut().println(result.table());
        say("wrote " + result.write(folder()));
        return 0;
    }
}
