package io.slipway.localstack.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

    /** This module's jar and all that it needs at run time, Kafka included. */
    public List<Path> localStackJars() {
        return Stream.concat(jarsIn(target(), "local-stack-"), jarsIn(target().resolve("lib"), ""))
                .sorted()
                .toList();
    }

    /** What this module's build made, and where it may keep what is derived from that. */
    public Path target() {
        return root.resolve("local-stack").resolve("target");
    }

    private Stream<Path> jarsIn(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            return files
                    .filter(file ->
                            file.getFileName().toString().matches(prefix + ".*(?<!-sources|-javadoc|-tests)\\.jar"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot list " + folder + "; build it with './mvnw -pl local-stack -am package' in " + root, e);
        }
    }
}
