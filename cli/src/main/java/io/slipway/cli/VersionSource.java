package io.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class VersionSource implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"slipway " + version()};
    }

    /** Without the program's name. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream file = VersionSource.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar does not hold its version", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
