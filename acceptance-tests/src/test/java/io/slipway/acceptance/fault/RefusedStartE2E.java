package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Stack;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.supervise.Service;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that strangers could reach does not start without a token. */
class RefusedStartE2E {

    @ParameterizedTest
    @EnumSource(Service.class)
    void serviceBoundToAllAddressesDemandsATokenToStart(Service service, @TempDir Path folder) throws Exception {
        // Given
        var controlPlane = Stack.running().services().postgres().database("slipway");
        var log = folder.resolve("log").toFile();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Checkout.locate().serviceJar(service.title()).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        var environment = builder.environment();
        environment.put(
                "KAFKA_BOOTSTRAP_SERVERS", Stack.running().services().kafka().bootstrapServers());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", controlPlane.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", controlPlane.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", controlPlane.password());
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("QUARKUS_HTTP_HOST", "0.0.0.0");

        // When
        var process = builder.start();

        // Then
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isNotZero();
        assertThat(log.toPath()).content().contains("quarkus.http.host is '0.0.0.0'", "slipway.access.token");
    }
}
