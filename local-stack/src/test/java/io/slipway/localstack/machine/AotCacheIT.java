package io.slipway.localstack.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheIT {

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** With it the JVM refuses to run when it cannot take the cache. */
    private static final String DEMANDED = "-XX:AOTMode=on";

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void packageProgram() throws IOException {
        jar = Files.createDirectory(folder.resolve("app")).resolve("run.jar");
        writeJar("first");
    }

    @Test
    void laterRunsBeginFromWhatTheFirstHasLoaded() {
        // Given
        var cache = AotCache.of(jar, OPTIONS);
        run(cache.record(folder));

        // When
        cache.make(folder);

        // Then
        assertThat(AotCache.of(jar, OPTIONS).exists()).isTrue();
        assertThat(run(with(cache.use(), DEMANDED))).containsExactly("hello");
    }

    @Test
    void cacheOfAFormerBuildCountsAsMissingAndDoesNoHarmWhereItIsUsedAllTheSame() throws IOException {
        // Given
        var former = AotCache.of(jar, OPTIONS);
        run(former.record(folder));
        former.make(folder);

        // When
        writeJar("second, which is longer");

        // Then
        assertThat(AotCache.of(jar, OPTIONS).exists()).isFalse();
        assertThat(run(former.use())).containsExactly("hello");
    }

    @Test
    void runThatWasKilledLeavesNoCache() {
        // Given
        var cache = AotCache.of(jar, OPTIONS);

        // When
        cache.make(folder);

        // Then
        assertThat(cache.exists()).isFalse();
    }

    private static List<String> with(List<String> options, String more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    /** Its own lines, once it has ended well; whatever the JVM had to say would be among them. */
    private List<String> run(List<String> options) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(List.of(java), OPTIONS, options, List.of("-jar", jar.toString()))
                .flatMap(List::stream)
                .toList();
        var log = folder.resolve("program-" + System.nanoTime() + ".log");
        LoggedProcess.run("The program", command, Map.of(), log, Duration.ofSeconds(60));
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeJar(String comment) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        var classFile = Program.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = Program.class.getClassLoader().getResourceAsStream(classFile)) {
            out.setComment(comment);
            out.putNextEntry(new JarEntry(classFile));
            code.transferTo(out);
            out.closeEntry();
        }
    }

    /** What is packaged. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }
}
