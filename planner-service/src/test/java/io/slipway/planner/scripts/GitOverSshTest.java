package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.ScriptSource;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.eclipse.jgit.transport.UploadPack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server in this process that knows one user's key and offers one repository. */
class GitOverSshTest {
    @TempDir
    Path folder;

    private static final KeyPair HOST = key();
    private static final KeyPair USER = key();
    private static final KeyPair OTHER = key();

    private GitFixture git;
    private SshServer server;

    @BeforeEach
    void serve() throws Exception {
        git = new GitFixture(folder);
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(HOST));
        server.setPublickeyAuthenticator(
                (user, key, _) -> user.equals("git") && KeyUtils.compareKeys(key, USER.getPublic()));
        server.setCommandFactory((_, command) -> new Upload(command));
        server.start();
        git.set("git.ssh.url-prefix", "ssh://git@127.0.0.1:%d/".formatted(server.getPort()));
        git.set("git.ssh.ssh-key", pem("user", USER));
        git.set("git.ssh.known-hosts", knownHosts(HOST.getPublic()));
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(true);
        git.close();
    }

    @Test
    void readsScriptsWithAKeyFromAHostWhoseKeyIsKnown() throws Exception {
        // Given
        String first = git.commit("main", Map.of("V1__a.sql", "select 1;"));
        String second = git.commit("main", Map.of("V1__a.sql", "select 1;", "V2__b.sql", "select 2;"));

        // When
        Scripts tip = read("main");
        Scripts earlier = read(first);

        // Then
        assertThat(tip).isInstanceOfSatisfying(Scripts.Found.class, found -> {
            assertThat(found.files()).hasSize(2);
            assertThat(found.origin().commit()).isEqualTo(second);
        });
        assertThat(earlier).isInstanceOfSatisfying(Scripts.Found.class, found -> assertThat(found.files())
                .hasSize(1));
    }

    @Test
    void refusesAHostWithAnotherKey() throws Exception {
        // Given
        git.set("git.ssh.known-hosts", knownHosts(OTHER.getPublic()));
        // Then
        assertThat(code(read("main"))).isEqualTo("HOST_KEY_UNKNOWN");
    }

    @Test
    void refusesAHostThatIsNotListed() throws Exception {
        // Given
        git.set("git.ssh.known-hosts", Files.createFile(folder.resolve("empty")));
        // Then
        assertThat(code(read("main"))).isEqualTo("HOST_KEY_UNKNOWN");
        assertThat(folder.resolve("empty")).isEmptyFile();
    }

    @Test
    void saysThatItsKeyIsNotAccepted() throws Exception {
        // Given
        git.set("git.ssh.ssh-key", pem("other", OTHER));
        // Then
        assertThat(code(read("main"))).isEqualTo("REPOSITORY_ACCESS_DENIED");
    }

    @Test
    void saysThatItHasNoKey() throws Exception {
        // Given
        git.set("git.ssh.ssh-key", folder.resolve("nowhere"));
        // Then
        assertThat(code(read("main"))).isEqualTo("CREDENTIALS_UNREADABLE");
    }

    private Scripts read(String revision) throws InterruptedException {
        String url = "ssh://git@127.0.0.1:%d/shop.git".formatted(server.getPort());
        return GitFixture.read(git.planner(), new ScriptSource.Git(url, revision, null));
    }

    private static String code(Scripts scripts) {
        assertThat(scripts).isInstanceOf(Scripts.Unusable.class);
        return ((Scripts.Unusable) scripts).failure().code();
    }

    private Path knownHosts(PublicKey key) throws IOException {
        var line = new StringWriter();
        line.append("[127.0.0.1]:%d ".formatted(server.getPort()));
        PublicKeyEntry.appendPublicKeyEntry(line, key);
        return Files.writeString(Files.createTempFile(folder, "known", "hosts"), line + "\n");
    }

    private Path pem(String name, KeyPair key) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has RSA.", e);
        }
    }

    /** What {@code git-upload-pack} does. */
    private final class Upload extends AbstractCommandSupport {
        private Upload(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            try (var pack = new UploadPack(git.repository())) {
                assertThat(getCommand()).isIn(List.of("git-upload-pack '/shop.git'", "git upload-pack '/shop.git'"));
                pack.upload(getInputStream(), getOutputStream(), getErrorStream());
                onExit(0);
            } catch (IOException | AssertionError e) {
                onExit(1, e.getMessage());
            }
        }
    }
}
