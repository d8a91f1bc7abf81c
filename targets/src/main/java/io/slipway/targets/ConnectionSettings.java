package io.slipway.targets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * How to reach one database, for the JDBC driver and for PostgreSQL's own programs alike.
 * @param host a name or an address; IPv6 without brackets
 * @param connectSeconds bound on establishing a connection, authentication included
 * @param password absent where the server trusts the client or its certificate
 * @param options settings for the session in the form {@code -c name=value}
 * @param channelBinding {@code disable}, {@code prefer} or {@code require}
 */
public record ConnectionSettings(
        String host,
        int port,
        String database,
        String username,
        @Nullable Password password,
        Tls tls,
        String applicationName,
        int connectSeconds,
        @Nullable String options,
        @Nullable String channelBinding) {

    /** Host, port and database, as messages name them. */
    public String address() {
        return "%s:%d/%s".formatted(host.contains(":") ? "[" + host + "]" : host, port, database);
    }

    /** Another database of the same server, as the same role. */
    public ConnectionSettings withDatabase(String other) {
        return new ConnectionSettings(
                host, port, other, username, password, tls, applicationName, connectSeconds, options, channelBinding);
    }

    /** One connection outside of any pool, for a database that will not last. */
    public Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(jdbcProperties());
        properties.put("user", username);
        if (password != null) {
            properties.put("password", password.value());
        }
        return new Driver().connect(jdbcUrl(), properties);
    }

    /** Without credentials. */
    public String jdbcUrl() {
        String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://%s:%d/%s".formatted(host.contains(":") ? "[" + host + "]" : host, port, encoded);
    }

    /** What the driver needs beside the URL and the credentials. */
    public Map<String, String> jdbcProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", applicationName);
        // Saves a round trip per connection: the name travels in the start-up packet.
        properties.put("assumeMinServerVersion", "10");
        properties.put("connectTimeout", String.valueOf(connectSeconds));
        // Covers a server that accepts the connection and then says nothing.
        properties.put("loginTimeout", String.valueOf(connectSeconds));
        // No socket timeout: a migration may take hours. Keep-alive finds a peer that is gone.
        properties.put("tcpKeepAlive", "true");
        put(properties, "options", options);
        put(properties, "channelBinding", channelBinding);
        properties.put("sslmode", tls.mode().text());
        put(properties, "sslrootcert", text(tls.rootCert()));
        put(properties, "sslcert", text(tls.clientCert()));
        if (tls.clientKey() != null) {
            properties.put("sslkey", tls.clientKey().file().toString());
            properties.put("pemKeyAlgorithm", tls.clientKey().algorithm());
        }
        return properties;
    }

    /** The same for {@code pg_dump} and its kin, password included: hand it to a process, never log it. */
    public Map<String, String> libpqEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PGHOST", host);
        environment.put("PGPORT", String.valueOf(port));
        environment.put("PGDATABASE", database);
        environment.put("PGUSER", username);
        put(environment, "PGPASSWORD", password == null ? null : password.value());
        environment.put("PGAPPNAME", applicationName);
        environment.put("PGCONNECT_TIMEOUT", String.valueOf(connectSeconds));
        put(environment, "PGOPTIONS", options);
        put(environment, "PGCHANNELBINDING", channelBinding);
        environment.put("PGSSLMODE", tls.mode().text());
        put(environment, "PGSSLROOTCERT", text(tls.rootCert()));
        put(environment, "PGSSLCERT", text(tls.clientCert()));
        put(
                environment,
                "PGSSLKEY",
                tls.clientKey() == null ? null : tls.clientKey().file().toString());
        return environment;
    }

    private static void put(Map<String, String> into, String key, @Nullable String value) {
        if (value != null) {
            into.put(key, value);
        }
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }
}
