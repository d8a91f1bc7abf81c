package io.slipway.localstack.supervise;

import io.slipway.localstack.server.Database;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

/**
 * What a service is told: where the servers are by environment variables, and the user's settings by a file, because a
 * variable's name cannot spell every key and a command line would show passwords to the whole machine.
 *
 * @param kafka        bootstrap servers
 * @param controlPlane the services' own database
 * @param target       the database of the target {@code default}
 * @param settings     the user's settings
 */
record ServiceEnvironment(String kafka, Database controlPlane, Database target, Map<String, String> settings) {

    Map<String, String> variables(int port) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_DATASOURCE_JDBC_URL", controlPlane.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", controlPlane.user(),
                "QUARKUS_DATASOURCE_PASSWORD", controlPlane.password(),
                "DATABASE_URL", target.url(),
                // A person reads these logs.
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    }

    /** Quarkus reads {@code config/application.properties} in the folder in which it is started. */
    void writeSettings(Path folder) {
        var properties = new Properties();
        // The stack's own server takes the scratch databases of rehearsals.
        properties.put("slipway.validator.rehearsal.server", "default");
        properties.putAll(settings);
        var file = folder.resolve("config").resolve("application.properties");
        try {
            var text = new StringWriter();
            properties.store(text, "Written at each start from the options of './slipway start'");
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
