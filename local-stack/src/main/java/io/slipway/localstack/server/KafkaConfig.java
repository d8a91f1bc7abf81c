package io.slipway.localstack.server;

import io.slipway.localstack.machine.Folders;
import java.nio.file.Path;

/**
 * Where a broker listens and keeps its data.
 *
 * @param port      loopback port; 0 takes a free one
 * @param data      folder of the log segments and the broker's own log
 * @param ephemeral whether the folder is deleted when the broker stops
 * @param compiled  whether its JVM has all compilers, as that of a real broker does: slower at first, then faster
 */
public record KafkaConfig(int port, Path data, boolean ephemeral, boolean compiled) {

    public KafkaConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Kafka's port must be between 0 and 65535, not " + port);
        }
    }

    /** A free port and a temporary folder. */
    public static KafkaConfig temporary() {
        return new KafkaConfig(0, Folders.temporary("slipway-kafka-"), true, false);
    }

    /** A broker whose data outlives it. */
    public static KafkaConfig kept(int port, Path data) {
        return new KafkaConfig(port, data, false, false);
    }
}
