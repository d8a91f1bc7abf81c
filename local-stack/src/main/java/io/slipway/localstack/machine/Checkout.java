package io.slipway.localstack.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds Slipway's modules with their built jars.
 *
 * @param root the folder with {@code local-stack/target/lib} below it
 */
public record Checkout(Path root) {

    private static final String PROPERTY = "slipway.home";

    /** Takes the system property {@code slipway.home}, else the nearest folder above the working directory that fits. */
    public static Checkout locate() {
        var named = System.getProperty(PROPERTY);
        if (named != null && !named.isBlank()) {
            return new Checkout(Path.of(named).toAbsolutePath().normalize());
        }
        var working = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(
                    folder.resolve("local-stack").resolve("target").resolve("lib"))) {
                return new Checkout(folder);
            }
        }
        throw new IllegalStateException("No folder above " + working + " holds local-stack/target/lib. Build it with "
                + "'./mvnw -pl local-stack -am package', or name the checkout with -D" + PROPERTY + "=FOLDER.");
    }

    /** Where the local stack of this checkout keeps its state and data, unless told otherwise. */
    public Path stateFolder() {
        return root.resolve(".slipway");
    }

    /** The runnable jar of a service; Quarkus puts it, with all that it needs, into a folder of its own. */
    public Path serviceJar(String service) {
        var jar = root.resolve(service + "-service")
                .resolve("target")
                .resolve("quarkus-app")
                .resolve("quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; build it with './mvnw -DskipTests package' in " + root);
        }
        return jar;
    }

    /** The class path of a JVM that runs Kafka and this module's own classes. */
    public String brokerClassPath() {
        var target = root.resolve("local-stack").resolve("target");
        var lib = target.resolve("lib");
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException(
                    lib + " is missing; build it with './mvnw -pl local-stack -am package' in " + root);
        }
        return target.resolve("classes") + System.getProperty("path.separator") + lib.resolve("*");
    }
}
