package io.slipway.localstack.supervise;

import java.util.Map;

/**
 * Where everything listens.
 *
 * @param kafka    bootstrap servers
 * @param database URL of the demo database, which is the target {@code default}; with the local server's password
 * @param services base URL of each service, by its title
 */
public record Addresses(String kafka, String database, Map<String, String> services) {

    public Addresses {
        services = Map.copyOf(services);
    }

    /** For instance {@code http://127.0.0.1:8081}. */
    public String of(Service service) {
        var address = services.get(service.title());
        if (address == null) {
            throw new IllegalStateException("The service " + service.title() + " has no address yet");
        }
        return address;
    }

    public String planner() {
        return of(Service.PLANNER);
    }

    public String audit() {
        return of(Service.AUDIT);
    }

    /** One line for each address, for a person to read. */
    public String describe() {
        var lines = new StringBuilder();
        for (var service : Service.values()) {
            lines.append("  %-11s%s%n".formatted(service.title(), of(service)));
        }
        lines.append("  %-11s%s%n".formatted("kafka", kafka));
        lines.append("  %-11s%s".formatted("database", database));
        return lines.toString();
    }
}
