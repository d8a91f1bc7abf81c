package io.slipway.localstack.demo;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.ProcessFailed;
import io.slipway.localstack.supervise.LocalStack;
import io.slipway.localstack.supervise.StackConfig;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway demo}: starts a stack of its own, walks through the tour, and stays until Ctrl-C. */
@Command(
        name = "demo",
        description = "Starts everything, shows a tour on the database of a shop, and stays up until Ctrl-C or 'stop'. "
                + "The data is deleted at the end.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Ends after the tour.")
    private boolean exit;

    private final AtomicBoolean stopping = new AtomicBoolean();

    @Override
    public Integer call() {
        var narrator = Narrator.onStandardOutput(Tour.STEPS);
        var checkout = Checkout.locate();
        var config = StackConfig.kept(checkout, checkout.stateFolder()).ephemerally();
        var stack = new LocalStack(config, DemoCommand::note);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop-demo"));
        try {
            narrator.step("Start", """
                    Kafka, PostgreSQL and the five services of Slipway run as processes of this machine; nothing is
                    installed, and the data is deleted at the end.""");
            start(stack, config);
            narrator.plain(stack.addresses().describe());
            var tally = tour(checkout, stack, narrator).walk();
            return exit ? end(stack, narrator, tally) : stay(stack, narrator, tally);
        } catch (UnexpectedOutcome | ProcessFailed | IllegalStateException | UncheckedIOException e) {
            return failed(e);
        }
    }

    private static void start(LocalStack stack, StackConfig config) {
        try {
            stack.start();
        } catch (ProcessFailed | IllegalStateException e) {
            Folders.delete(config.data());
            throw e;
        }
    }

    private static Tour tour(Checkout checkout, LocalStack stack, Narrator narrator) {
        return new Tour(
                narrator,
                new SlipwayCommands(checkout, stack.addresses(), narrator),
                new ShopDatabase(stack.postgres().database("shop")),
                new AuditTrail(stack.addresses().audit()));
    }

    /** The stack goes first, so that the tally is the last line whatever a stopping process has to say. */
    private static int end(LocalStack stack, Narrator narrator, Tally tally) {
        narrator.plain("");
        note("stopping all of it");
        stack.stop();
        narrator.plain(tally.line());
        return 0;
    }

    private int stay(LocalStack stack, Narrator narrator, Tally tally) {
        narrator.plain(
                """

                Look around, for instance:
                  in a browser      %1$s/
                  over HTTP         %1$s/api/v1/runs
                  in the database   psql %2$s
                  on this command   ./slipway status
                                    ./slipway up --dir examples/shop/migrations

                %3$s
                Ctrl-C ends it, or './slipway stop' elsewhere.""".formatted(stack.addresses().audit(), stack.addresses().database(), tally.line()));
        return new LookingAround(stack, stopping::get, DemoCommand::note).watch();
    }

    /** Ctrl-C reaches the command that runs, too; that it fails then is no news. */
    private int failed(RuntimeException e) {
        if (!stopping.get()) {
            note("the demo ends here. " + e.getMessage());
            if (e.getCause() != null) {
                note("cause: " + e.getCause().getMessage());
            }
        }
        return 1;
    }

    private void stop(LocalStack stack) {
        stopping.set(true);
        stack.stop();
    }

    private static void note(String note) {
        System.err.println("slipway: " + note);
        System.err.flush();
    }
}
