package io.slipway.targets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides how the connection to one target is protected, and looks at the files now rather than at the first connect. */
final class TlsReader {
    private final String prefix;
    private final TargetsConfig.SslConfig given;
    private final TargetVariables fallback;
    private final String environment;
    private final List<InvalidSetting> refused;

    TlsReader(
            String prefix,
            TargetsConfig.SslConfig given,
            TargetVariables fallback,
            String environment,
            List<InvalidSetting> refused) {
        this.prefix = prefix;
        this.given = given;
        this.fallback = fallback;
        this.environment = environment;
        this.refused = refused;
    }

    Tls read(String urlKey, @Nullable PostgresUrl url) {
        Optional<Setting> root = first(
                        "root-cert", given.rootCert(), fallback.sslRootCert(), TargetVariables.SSL_ROOT_CERT)
                .or(() -> parameter(urlKey, url, "sslrootcert"));
        Optional<Setting> cert = first("cert", given.cert(), fallback.sslCert(), TargetVariables.SSL_CERT)
                .or(() -> parameter(urlKey, url, "sslcert"));
        Optional<Setting> key = first("key", given.key(), fallback.sslKey(), TargetVariables.SSL_KEY)
                .or(() -> parameter(urlKey, url, "sslkey"));
        Optional<Setting> modeOfUrl = parameter(urlKey, url, "sslmode");
        SslMode mode = mode(root.isPresent(), modeOfUrl);
        if (mode.verifies() && root.isEmpty()) {
            refused.add(Setting.of(prefix + ".ssl.mode", given.mode())
                    .or(() -> modeOfUrl)
                    .orElse(new Setting(prefix + ".ssl.mode", mode.text()))
                    .refused("verifying the server needs " + prefix + ".ssl.root-cert, a PEM file with its authority"));
        }
        if (cert.isPresent() != key.isPresent()) {
            refused.add(cert.or(() -> key)
                    .orElseThrow()
                    .refused("a client certificate and its key come together: set both %1$s.ssl.cert and %1$s.ssl.key"
                            .formatted(prefix)));
        }
        return new Tls(
                mode,
                root.map(this::certificate).orElse(null),
                cert.map(this::certificate).orElse(null),
                key.map(this::key).orElse(null));
    }

    private Optional<Setting> first(
            String name, Optional<String> given, Optional<String> variable, String variableName) {
        return Setting.of(prefix + ".ssl." + name, given).or(() -> Setting.of(variableName, variable));
    }

    private static Optional<Setting> parameter(String urlKey, @Nullable PostgresUrl url, String name) {
        return url == null ? Optional.empty() : ConnectionReader.parameter(urlKey, url, name);
    }

    private SslMode mode(boolean rootGiven, Optional<Setting> ofUrl) {
        Optional<SslMode> explicit =
                Setting.of(prefix + ".ssl.mode", given.mode()).map(this::parse);
        if (explicit.isPresent()) {
            return explicit.get();
        }
        Optional<SslMode> requested = ofUrl.map(this::parse);
        if (rootGiven) {
            // Providers put sslmode=require into the URLs they hand out; who adds a root certificate wants it used.
            return requested
                    .filter(mode -> mode.verifies() || mode == SslMode.DISABLE)
                    .orElse(SslMode.VERIFY_FULL);
        }
        return requested.orElse(environment.equals(Target.PRODUCTION) ? SslMode.REQUIRE : SslMode.PREFER);
    }

    private SslMode parse(Setting setting) {
        Optional<SslMode> mode = SslMode.parse(setting.value());
        if (mode.isEmpty()) {
            refused.add(setting.refused("allowed are " + SslMode.ALLOWED));
        }
        return mode.orElse(SslMode.PREFER);
    }

    private @Nullable Path certificate(Setting setting) {
        Path file = path(setting);
        if (file == null) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return file;
            }
            refused.add(
                    setting.refused("the file holds no certificate; allowed is a PEM file with X.509 certificates"));
        } catch (CertificateException e) {
            refused.add(
                    setting.refused("the file is not a certificate; allowed is a PEM file with X.509 certificates"));
        } catch (IOException e) {
            refused.add(setting.refused(unreadable()));
        }
        return null;
    }

    private @Nullable ClientKey key(Setting setting) {
        Path file = path(setting);
        if (file == null) {
            return null;
        }
        try {
            return ClientKey.read(file);
        } catch (IllegalArgumentException e) {
            refused.add(setting.refused(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            refused.add(setting.refused(unreadable()));
        }
        return null;
    }

    private @Nullable Path path(Setting setting) {
        try {
            Path file = Path.of(setting.value());
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file.toAbsolutePath();
            }
        } catch (InvalidPathException e) {
            refused.add(setting.refused(unreadable()));
            return null;
        }
        refused.add(setting.refused(unreadable()));
        return null;
    }

    private static String unreadable() {
        return "expected the path of a file that exists and that this process may read";
    }
}
