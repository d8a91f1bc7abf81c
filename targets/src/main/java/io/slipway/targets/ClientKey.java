package io.slipway.targets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The private key of a client certificate, in a form that both the JDBC driver and {@code pg_dump} read: PKCS#8 without a
 * passphrase, either PEM in a file named {@code *.pem} or {@code *.key}, or DER in a file of any other name. The driver
 * tells the two apart by the name alone.
 * @param algorithm {@code RSA}, {@code EC} or {@code EdDSA}; the driver would take every PEM key for RSA
 */
public record ClientKey(Path file, String algorithm) {
    private static final String CONVERT = "convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW.pem";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /**
     * @throws IllegalArgumentException when the file cannot be used; the message says what is accepted, and nothing of
     *     the content
     * @throws IOException when the file cannot be read
     */
    static ClientKey read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean namedAsPem = name.endsWith(".pem") || name.endsWith(".key");
        if (!text.contains("-----BEGIN ")) {
            if (namedAsPem || name.endsWith(".p12") || name.endsWith(".pfx")) {
                throw unusable("is not PEM; " + CONVERT);
            }
            return new ClientKey(file, algorithm(content));
        }
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw unusable("is PEM, but has a passphrase or is not PKCS#8; " + CONVERT);
        }
        if (!namedAsPem) {
            throw unusable("is PEM, so its name must end in .pem or .key");
        }
        return new ClientKey(file, algorithm(decode(text)));
    }

    private static byte[] decode(String pem) {
        String begin = "-----BEGIN PRIVATE KEY-----";
        int end = pem.indexOf("-----END PRIVATE KEY-----");
        int start = pem.indexOf(begin) + begin.length();
        if (end < start) {
            throw unusable("has no line '-----END PRIVATE KEY-----'");
        }
        return Base64.getMimeDecoder().decode(pem.substring(start, end));
    }

    private static String algorithm(byte[] der) {
        return ALGORITHMS.stream()
                .filter(algorithm -> fits(algorithm, der))
                .findFirst()
                .orElseThrow(() -> unusable("is not a PKCS#8 key of RSA, EC or EdDSA; " + CONVERT));
    }

    private static boolean fits(String algorithm, byte[] der) {
        try {
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            return true;
        } catch (InvalidKeySpecException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm + " keys.", e);
        }
    }

    private static IllegalArgumentException unusable(String why) {
        return new IllegalArgumentException(
                "the file " + why
                        + ". Accepted is a PKCS#8 key without a passphrase: PEM in a file named *.pem or *.key, or DER in *.pk8 or *.der");
    }
}
