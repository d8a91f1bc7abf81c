package io.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionSource implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = VersionSource.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        }
        return new String[] {"slipway " + properties.getProperty("version")};
    }
}
