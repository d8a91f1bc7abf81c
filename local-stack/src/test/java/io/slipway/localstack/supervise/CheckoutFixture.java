package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout whose services are stand-ins; Kafka and PostgreSQL are those of the real one. */
final class CheckoutFixture {

    private CheckoutFixture() {}

    static Checkout create(Path folder) throws IOException {
        Files.createSymbolicLink(
                folder.resolve("local-stack"), Checkout.locate().root().resolve("local-stack"));
        for (var service : Service.values()) {
            var app = folder.resolve(service.title() + "-service/target/quarkus-app");
            writeJar(Files.createDirectories(app).resolve("quarkus-run.jar"));
        }
        return new Checkout(folder);
    }

    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
        var classFile = StandInService.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var code = StandInService.class.getClassLoader().getResourceAsStream(classFile)) {
            jar.putNextEntry(new JarEntry(classFile));
            code.transferTo(jar);
            jar.closeEntry();
        }
    }
}
