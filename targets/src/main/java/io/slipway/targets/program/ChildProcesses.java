package io.slipway.targets.program;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs programs to their end, within a time, and ends those still running when the service stops. */
@ApplicationScoped
public class ChildProcesses {
    private static final Logger LOG = Logger.getLogger(ChildProcesses.class);
    /** How often a running child is looked after; its end is noticed at once. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** A child that does not react to SIGTERM in this time is killed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Set<Process> living = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** What a program left behind. */
    public record Ended(int exit, String stderr) {
        public boolean succeeded() {
            return exit == 0;
        }
    }

    /** Looks after a running child; what it throws ends the child. */
    public interface Watch<E extends Exception> {
        void look() throws E;
    }

    /** {@link #run(List, Map, Duration, Consumer, Watch)} without a watch. */
    public Ended run(
            List<String> commandLine, Map<String, String> environment, Duration timeout, Consumer<String> stdout)
            throws IOException, InterruptedException, TimeoutException {
        Watch<RuntimeException> none = () -> {};
        return run(commandLine, environment, timeout, stdout, none);
    }

    /**
     * @param environment added to the service's own, whose {@code PG*} settings the child does not see
     * @param stdout receives each line, on another thread, before this method returns
     * @throws E what {@code watch} throws
     * @throws TimeoutException when the program was stopped because it took too long; the message names it
     */
    public <E extends Exception> Ended run(
            List<String> commandLine,
            Map<String, String> environment,
            Duration timeout,
            Consumer<String> stdout,
            Watch<E> watch)
            throws IOException, InterruptedException, TimeoutException, E {
        Process process = start(commandLine, environment);
        try {
            process.getOutputStream().close();
            OutputReader out = OutputReader.start(process.getInputStream(), stdout);
            BoundedText errors = new BoundedText();
            OutputReader err = OutputReader.start(process.getErrorStream(), errors::addLine);
            await(process, commandLine, timeout, watch);
            out.join();
            err.join();
            return new Ended(process.exitValue(), errors.text());
        } finally {
            end(process);
            living.remove(process);
        }
    }

    /**
     * Ends children of an earlier, killed instance of the service that still write to {@code file}. They are found by
     * their command line, so that nothing needs to be written down before each dump.
     */
    public static void endOrphansOf(Path file) {
        String argument = "--file=" + file;
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(argument))
                        .orElse(false))
                .forEach(process -> {
                    LOG.infof("A pg_dump of an earlier attempt is still running and is ended: pid=%d", process.pid());
                    process.destroyForcibly();
                });
    }

    private Process start(List<String> commandLine, Map<String, String> environment) throws IOException {
        if (stopping) {
            throw new IOException("The service is stopping and starts no further program.");
        }
        ProcessBuilder builder = new ProcessBuilder(commandLine);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        living.add(process);
        if (stopping) {
            process.destroyForcibly();
        }
        return process;
    }

    private static <E extends Exception> void await(
            Process process, List<String> commandLine, Duration timeout, Watch<E> watch)
            throws InterruptedException, TimeoutException, E {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            watch.look();
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("%s did not end within %s and was stopped."
                        .formatted(Path.of(commandLine.getFirst()).getFileName(), timeout));
            }
        }
    }

    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Before anything else stops: whoever waits for a child is then free to stop as well. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        living.forEach(Process::destroy);
    }
}
