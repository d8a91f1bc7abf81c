package io.slipway.targets;

import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of its own that speaks TLS, with an authority made for it and another one that has nothing to do with it. */
public final class TlsServerFixture implements AutoCloseable {
    private final Path folder;
    private final PostgresServer server;

    private TlsServerFixture(Path folder, PostgresServer server) {
        this.folder = folder;
        this.server = server;
    }

    public static boolean possible() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Its certificate names 127.0.0.1; the name {@code localhost} leads to the same server. */
    public static TlsServerFixture start(Path folder) {
        TlsServerFixture fixture = new TlsServerFixture(folder, Servers.postgres(PostgresConfig.temporary()));
        fixture.authority("ca");
        fixture.authority("other-ca");
        fixture.certificate("server", "/CN=server", "subjectAltName=IP:127.0.0.1");
        fixture.certificate("client", "/CN=" + PostgresServer.USER, "subjectAltName=DNS:client");
        fixture.openssl("pkcs8", "-topk8", "-nocrypt", "-in", "client.key", "-out", "client.pem");
        fixture.openssl("pkcs8", "-topk8", "-nocrypt", "-in", "client.key", "-outform", "DER", "-out", "client.pk8");
        fixture.openssl("pkey", "-in", "client.key", "-traditional", "-out", "client-old.pem");
        fixture.switchOn();
        return fixture;
    }

    public PostgresServer server() {
        return server;
    }

    public String file(String name) {
        return folder.resolve(name).toString();
    }

    private void authority(String name) {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem");
    }

    /** An EC key, which the driver would take for RSA unless it is told. */
    private void certificate(String name, String subject, String extension) {
        write(name + ".ext", extension);
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key");
        openssl("req", "-new", "-key", name + ".key", "-subj", subject, "-out", name + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".crt");
    }

    /** Through SQL, so that it works the same whether the server is a process or a container. */
    private void switchOn() {
        try (Connection connection = server.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            put(statement, "server.crt", read("server.crt"));
            put(statement, "server.key", read("server.key"));
            put(statement, "root.crt", read("ca.pem"));
            put(statement, "pg_hba.conf", """
                    hostssl certified all all cert
                    host all all all scram-sha-256
                    """);
            statement.execute("CREATE DATABASE certified");
            statement.execute("ALTER SYSTEM SET ssl_ca_file = 'root.crt'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("The server does not take its certificate.", e);
        }
    }

    private static void put(Statement statement, String file, String content) throws SQLException {
        // One row per line: COPY would write a line break within a value as the two characters \\n.
        statement.execute("COPY (SELECT unnest(string_to_array(%s, E'\\n'))) TO PROGRAM 'umask 077; cat > %s'"
                .formatted(statement.enquoteLiteral(content.strip()), file));
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openssl(String... arguments) {
        try {
            Path log = folder.resolve("openssl.log");
            Process process = new ProcessBuilder(java.util.stream.Stream.concat(
                                    java.util.stream.Stream.of("openssl"), List.of(arguments).stream())
                            .toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("openssl failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
