package io.slipway.localstack.supervise;

import java.util.Arrays;
import java.util.Locale;

/** The five services, in the order of a run. */
public enum Service {
    PLANNER(8081),
    VALIDATOR(8082),
    BACKUP(8083),
    EXECUTOR(8084),
    AUDIT(8085);

    private final int defaultPort;

    Service(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** The name in addresses, folders and options: {@code planner}, {@code executor} and so on. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Service titled(String title) {
        return Arrays.stream(values())
                .filter(service -> service.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no service '" + title + "'; there are "
                        + Arrays.stream(values()).map(Service::title).toList()));
    }
}
