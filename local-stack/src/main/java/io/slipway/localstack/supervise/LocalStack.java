package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.FreePorts;
import io.slipway.localstack.machine.ProcessFailed;
import io.slipway.localstack.server.KafkaBroker;
import io.slipway.localstack.server.PostgresServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL and the five services as processes of this machine. Tests, the demo and the benchmarks use it as a
 * library: each part can be killed and started again while the rest goes on.
 */
public final class LocalStack implements AutoCloseable {

    /** Each takes one core for some seconds, and 430 MiB. */
    private static final int CACHES_AT_ONCE = 2;

    private final StackConfig config;
    private final Consumer<String> progress;
    private final Path data;
    private final StateFile stateFile;

    /** Held by whoever starts or stops, so that a stop in the middle of a start finds all that was started. */
    private final ReentrantLock change = new ReentrantLock();

    private final Map<Service, ServiceProcess> services = Collections.synchronizedMap(new EnumMap<>(Service.class));
    private final List<ServiceProcess> others = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopping;
    private volatile boolean ready;
    private volatile @Nullable FolderLock lock;
    private volatile @Nullable StackServers servers;

    /** Prepares a stack; nothing runs until {@link #start()}. */
    public LocalStack(StackConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
        this.data = config.data();
        this.stateFile = new StateFile(config.folder());
    }

    /** Starts a stack and returns when all of it is ready. */
    public static LocalStack start(StackConfig config) {
        var stack = new LocalStack(config, note -> {});
        stack.start();
        return stack;
    }

    /** Returns when all is ready. On a failure, which says whose it is, what was started is stopped again. */
    public void start() {
        change.lock();
        try {
            lock = FolderLock.tryAcquire(config.folder())
                    .orElseThrow(() -> new IllegalStateException(
                            "Another local stack uses " + config.folder() + "; stop it with './slipway stop'"));
            stateFile.read().ifPresent(former -> Leftovers.kill(former, progress));
            writeState(false);
            servers = StackServers.start(config, progress);
            writeState(false);
            startServices();
            awaitServices();
        } catch (RuntimeException e) {
            stop();
            throw e;
        } finally {
            change.unlock();
        }
    }

    private void startServices() {
        progress.accept("starting the services");
        for (var service : Service.values()) {
            failIfStopping();
            var port = config.port(service).choose(service.title(), progress);
            services.put(service, launch(service, port, data.resolve(service.title()), config.trains()));
            writeState(false);
        }
    }

    private ServiceProcess launch(Service service, int port, Path folder, boolean trains) {
        var running = servers();
        var environment = new ServiceEnvironment(
                running.kafka().bootstrapServers(), running.controlPlane(), running.target(), config.settings());
        return ServiceProcess.launch(
                service,
                config.checkout().serviceJar(service.title()),
                folder,
                port,
                environment,
                config.flags(),
                trains);
    }

    private void awaitServices() {
        for (var service : Service.values()) {
            service(service).awaitReady(this::failIfStopping);
        }
        ready = true;
        writeState(true);
    }

    private void failIfStopping() {
        if (stopping) {
            throw new IllegalStateException("The start was broken off");
        }
    }

    /** Starts one more instance of a service beside the first; it stops with the stack. */
    public ServiceProcess startAnother(Service service) {
        var folder = data.resolve(service.title() + "-" + (others.size() + 2));
        var another = launch(service, FreePorts.next(), folder, false);
        others.add(another);
        another.awaitReady();
        return another;
    }

    /** Starts a service again that has ended, and returns when it is ready; a stack that stops starts nothing. */
    void revive(ServiceProcess service) {
        change.lock();
        try {
            failIfStopping();
            service.start();
            writeState(true);
        } finally {
            change.unlock();
        }
        service.awaitReady(this::failIfStopping);
    }

    /** Stops all, the services first, and deletes ephemeral data. A second call does nothing. */
    public void stop() {
        stopping = true;
        change.lock();
        try {
            var running = new ArrayList<>(others);
            running.addAll(services.values());
            var trained = services().stream().filter(ServiceProcess::records).toList();
            others.clear();
            services.clear();
            CompletableFuture.allOf(running.stream()
                            .map(service -> CompletableFuture.runAsync(service::stop))
                            .toArray(CompletableFuture[]::new))
                    .join();
            stopServers();
            makeCaches(trained);
            releaseFolder();
        } finally {
            change.unlock();
        }
    }

    /** A start that was broken off has loaded too little. */
    private void makeCaches(List<ServiceProcess> trained) {
        if (!ready || trained.isEmpty()) {
            return;
        }
        progress.accept("keeping what the services have loaded, so that they start quicker; once per build");
        try (var makers = Executors.newFixedThreadPool(CACHES_AT_ONCE)) {
            trained.forEach(service -> makers.execute(() -> makeCache(service)));
        }
    }

    private void makeCache(ServiceProcess service) {
        try {
            service.makeCache();
        } catch (ProcessFailed | UncheckedIOException e) {
            progress.accept(
                    "starts of %s stay slower: %s".formatted(service.service().title(), e.getMessage()));
        }
    }

    private void stopServers() {
        var running = servers;
        servers = null;
        if (running != null) {
            running.stop();
        }
    }

    private void releaseFolder() {
        var held = lock;
        lock = null;
        if (held == null) {
            return;
        }
        stateFile.delete();
        held.close();
        if (config.ephemeral()) {
            Folders.delete(data);
        }
    }

    private void writeState(boolean ready) {
        var self = StateFile.Recorded.of("the local stack", ProcessHandle.current());
        var addresses = servers == null ? Optional.<Addresses>empty() : Optional.of(addresses());
        stateFile.write(new StateFile.State(
                self.pid(),
                self.startedAt(),
                ready,
                addresses.map(Addresses::kafka).orElse(null),
                addresses.map(Addresses::database).orElse(null),
                addresses.map(Addresses::services).orElse(Map.of()),
                processes()));
    }

    private List<StateFile.Recorded> processes() {
        var running = new ArrayList<StateFile.Recorded>();
        var held = servers;
        if (held != null) {
            held.kafka().handle().ifPresent(process -> running.add(StateFile.Recorded.of("kafka", process)));
            held.postgres().handle().ifPresent(process -> running.add(StateFile.Recorded.of("postgresql", process)));
        }
        services()
                .forEach(service ->
                        running.add(StateFile.Recorded.of(service.service().title(), service.handle())));
        return running;
    }

    public Addresses addresses() {
        var urls = new LinkedHashMap<String, String>();
        services().forEach(service -> urls.put(service.service().title(), service.address()));
        return new Addresses(
                servers().kafka().bootstrapServers(), servers().target().url(), urls);
    }

    public ServiceProcess service(Service service) {
        var found = services.get(service);
        if (found == null) {
            throw new IllegalStateException("The service " + service.title() + " has not been started");
        }
        return found;
    }

    /** By its title, such as {@code executor}. */
    public ServiceProcess service(String title) {
        return service(Service.titled(title));
    }

    /** The first instance of each service. */
    public List<ServiceProcess> services() {
        synchronized (services) {
            return List.copyOf(services.values());
        }
    }

    public KafkaBroker kafka() {
        return servers().kafka();
    }

    public PostgresServer postgres() {
        return servers().postgres();
    }

    private StackServers servers() {
        var running = servers;
        if (running == null) {
            throw new IllegalStateException("Kafka and PostgreSQL have not been started");
        }
        return running;
    }

    /** Whether a service records what it loads, which the first start of a build does when it is told to. */
    public boolean records() {
        return services().stream().anyMatch(ServiceProcess::records);
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void close() {
        stop();
    }
}
