package io.slipway.localstack.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.testcontainers.containers.GenericContainer;

/** Kills a container and starts the same one again, which Testcontainers itself does not offer. */
final class ContainerLife {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private ContainerLife() {}

    static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    static void startAgain(GenericContainer<?> container, BooleanSupplier answers) {
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .exec();
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The container " + container.getDockerImageName()
                        + " did not answer within " + START.toSeconds() + " s after it was started again:\n"
                        + container.getLogs());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a container", e);
        }
    }
}
