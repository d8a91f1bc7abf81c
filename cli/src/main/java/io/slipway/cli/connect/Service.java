package io.slipway.cli.connect;

import java.util.Locale;

/** The services of Slipway and the ports that they take when nothing else is said. */
public enum Service {
    PLANNER(8081),
    VALIDATOR(8082),
    BACKUP(8083),
    EXECUTOR(8084),
    AUDIT(8085);

    private final int port;

    Service(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** As the services call themselves. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String variable() {
        return "SLIPWAY_" + name();
    }
}
