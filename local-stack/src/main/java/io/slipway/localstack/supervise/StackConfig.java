package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.AotCache;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the local stack is started with.
 *
 * @param checkout     where the built services are
 * @param folder       the state file and the lock; absolute
 * @param data         data and logs of the servers and services; absolute
 * @param ephemeral    whether the data is deleted at the end
 * @param kafkaPort    the broker's port
 * @param postgresPort PostgreSQL's port
 * @param servicePorts a port for each service
 * @param settings     configuration of the services, by its full key, such as {@code slipway.targets.shop.url}
 * @param flags        the JVM options of the services
 * @param trains       whether services without an {@link AotCache} record one, which makes the stack's stop longer
 */
public record StackConfig(
        Checkout checkout,
        Path folder,
        Path data,
        boolean ephemeral,
        Port kafkaPort,
        Port postgresPort,
        Map<Service, Port> servicePorts,
        Map<String, String> settings,
        ServiceFlags flags,
        boolean trains) {

    private static final int KAFKA_PORT = 9092;
    private static final int POSTGRES_PORT = 5432;

    public StackConfig {
        folder = folder.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        servicePorts = Map.copyOf(servicePorts);
        settings = Map.copyOf(settings);
        for (var service : Service.values()) {
            if (!servicePorts.containsKey(service)) {
                throw new IllegalArgumentException("No port for the service " + service.title());
            }
        }
    }

    /** The documented ports, and data that is kept in the given folder. */
    public static StackConfig kept(Checkout checkout, Path folder) {
        var ports = new EnumMap<Service, Port>(Service.class);
        for (var service : Service.values()) {
            ports.put(service, new Port.Preferred(service.defaultPort()));
        }
        return new StackConfig(
                checkout,
                folder,
                folder,
                false,
                new Port.Preferred(KAFKA_PORT),
                new Port.Preferred(POSTGRES_PORT),
                ports,
                Map.of(),
                ServiceFlags.SMALL,
                false);
    }

    /** Free ports and temporary folders: for tests, which run beside other stacks. */
    public static StackConfig temporary() {
        var ports = new EnumMap<Service, Port>(Service.class);
        for (var service : Service.values()) {
            ports.put(service, new Port.Any());
        }
        var folder = Folders.temporary("slipway-stack-");
        return new StackConfig(
                Checkout.locate(),
                folder,
                folder,
                true,
                new Port.Any(),
                new Port.Any(),
                ports,
                Map.of(),
                ServiceFlags.SMALL,
                false);
    }

    /** The same with its data in a temporary folder; the state stays where other commands look for it. */
    public StackConfig ephemerally() {
        return new StackConfig(
                checkout,
                folder,
                Folders.temporary("slipway-data-"),
                true,
                kafkaPort,
                postgresPort,
                servicePorts,
                settings,
                flags,
                trains);
    }

    /** The same with services that record what they load, so that the next stack of this build starts quicker. */
    public StackConfig training() {
        return new StackConfig(
                checkout, folder, data, ephemeral, kafkaPort, postgresPort, servicePorts, settings, flags, true);
    }

    /** The same with other JVM options. */
    public StackConfig withFlags(ServiceFlags other) {
        return new StackConfig(
                checkout, folder, data, ephemeral, kafkaPort, postgresPort, servicePorts, settings, other, trains);
    }

    Port port(Service service) {
        return Objects.requireNonNull(servicePorts.get(service), "checked by the constructor");
    }

    public StackConfig withKafkaPort(Port port) {
        return new StackConfig(
                checkout, folder, data, ephemeral, port, postgresPort, servicePorts, settings, flags, trains);
    }

    public StackConfig withPostgresPort(Port port) {
        return new StackConfig(
                checkout, folder, data, ephemeral, kafkaPort, port, servicePorts, settings, flags, trains);
    }

    public StackConfig withPort(Service service, Port port) {
        var ports = new EnumMap<>(servicePorts);
        ports.put(service, port);
        return new StackConfig(
                checkout, folder, data, ephemeral, kafkaPort, postgresPort, ports, settings, flags, trains);
    }

    public StackConfig withSetting(String key, String value) {
        var more = new HashMap<>(settings);
        more.put(key, value);
        return new StackConfig(
                checkout, folder, data, ephemeral, kafkaPort, postgresPort, servicePorts, more, flags, trains);
    }

    /** Another target database, under the name that requests use. */
    public StackConfig withTarget(String name, String url) {
        return withSetting("slipway.targets." + name + ".url", url);
    }
}
