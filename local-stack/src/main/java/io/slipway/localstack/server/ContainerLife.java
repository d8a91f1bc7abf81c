package io.slipway.localstack.server;

import org.testcontainers.containers.GenericContainer;

/** Kills a container and starts the same one again, which Testcontainers itself does not offer. */
final class ContainerLife {

    private ContainerLife() {}

    static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    static void startAgain(GenericContainer<?> container) {
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .exec();
    }
}
