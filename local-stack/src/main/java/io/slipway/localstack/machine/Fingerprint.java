package io.slipway.localstack.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stands for all that makes a JVM refuse a cache of another run: the JDK, its options, and the exact class path. It is
 * part of the cache's file name, so that a cache which no longer fits counts as missing and is made anew.
 */
record Fingerprint(String text) {

    static Fingerprint of(List<Path> classPath, List<String> options) {
        var identity = new StringBuilder(System.getProperty("java.home"))
                .append(Runtime.version())
                .append(options);
        for (var jar : classPath) {
            try {
                identity.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + jar, e);
            }
        }
        return new Fingerprint(Integer.toHexString(identity.toString().hashCode()));
    }
}
