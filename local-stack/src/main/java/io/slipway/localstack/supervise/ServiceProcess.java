package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.AotCache;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.LoggedProcess;
import io.slipway.localstack.machine.ProcessFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One running instance of a service, which can be killed and started again with the same port. */
public final class ServiceProcess {

    /** Two cores start five JVMs and their schemas in well under a minute; a machine under load may take longer. */
    private static final Duration START = Duration.ofSeconds(120);

    /** Time to finish the transaction in hand. */
    private static final Duration STOP = Duration.ofSeconds(15);

    /** Time to write down what was loaded, too, while four others do the same. */
    private static final Duration STOP_RECORDING = Duration.ofSeconds(60);

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    private final Service service;
    private final Path jar;
    private final Path folder;
    private final int port;
    private final ServiceEnvironment environment;
    private final ServiceFlags flags;
    private final AotCache cache;

    /** Whether it records what the cache is made of; each start anew, since its end may have been a kill. */
    private final boolean records;

    private LoggedProcess process;

    private ServiceProcess(
            Service service,
            Path jar,
            Path folder,
            int port,
            ServiceEnvironment environment,
            ServiceFlags flags,
            boolean trains) {
        this.service = service;
        this.jar = jar;
        this.folder = folder;
        this.port = port;
        this.environment = environment;
        this.flags = flags;
        this.cache = AotCache.of(jar, flags.options());
        this.records = trains && !cache.exists();
        this.process = launch();
    }

    /**
     * Starts the instance and does not wait until it is ready.
     *
     * @param trains whether it records what the next start begins from, where nothing is recorded yet
     */
    static ServiceProcess launch(
            Service service,
            Path jar,
            Path folder,
            int port,
            ServiceEnvironment environment,
            ServiceFlags flags,
            boolean trains) {
        environment.writeSettings(Folders.create(folder));
        return new ServiceProcess(service, jar, folder, port, environment, flags, trains);
    }

    private LoggedProcess launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(List.of(java), flags.options(), cacheOptions(), List.of("-jar", jar.toString()))
                .flatMap(List::stream)
                .toList();
        return LoggedProcess.start(
                service.title(), command, environment.variables(port), folder.resolve(service.title() + ".log"));
    }

    private List<String> cacheOptions() {
        if (records) {
            return cache.record(folder);
        }
        return cache.exists() ? cache.use() : List.of();
    }

    boolean records() {
        return records;
    }

    /**
     * Makes of the recording what later starts begin from; the service must have ended.
     *
     * @throws ProcessFailed when that fails, which does no harm but to those starts' time
     */
    void makeCache() {
        cache.make(folder);
    }

    /** Returns when the service says that it is ready, within two minutes. */
    public void awaitReady() {
        awaitReady(() -> {});
    }

    /** The check runs before each look, and breaks the wait off by an exception. */
    void awaitReady(Runnable check) {
        process.awaitReady(
                () -> {
                    check.run();
                    return isReady();
                },
                START);
    }

    public boolean isReady() {
        var request = HttpRequest.newBuilder(URI.create(address() + "/q/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + service.title(), e);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.kill();
    }

    /** Starts the instance again with the same port and returns when it is ready. */
    public void restart() {
        start();
        awaitReady();
    }

    /** Like {@link #restart()}, without waiting. */
    public void start() {
        stop();
        process = launch();
    }

    /** Asks the service to end, and kills it when it takes longer than 15 s, or 60 s with a recording to write. */
    public void stop() {
        process.stop(records ? STOP_RECORDING : STOP);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Service service() {
        return service;
    }

    /** For instance {@code http://127.0.0.1:8081}. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    public List<String> logTail() {
        return process.tail();
    }

    /** All of the log, from the first start in this folder on. */
    public Path log() {
        return process.log();
    }
}
