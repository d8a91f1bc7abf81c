package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.planner.PlannerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown to web hosts. Without TLS, which is Java's own; requests take {@code https:} only. */
class GitOverHttpTest {
    @TempDir
    Path folder;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private GitFixture git;
    private HttpServer host;
    private HttpServer other;

    @BeforeEach
    void serve() throws Exception {
        git = new GitFixture(folder);
        host = server();
        other = server();
        host.createContext("/locked", this::locked);
        host.createContext("/moved", this::moved);
        other.createContext("/", this::locked);
        git.set("git.web.url-prefix", url(host, ""));
        git.set("git.web.username", "slipway");
        git.set("git.web.password-file", Files.writeString(folder.resolve("token"), "hunter2\n"));
    }

    @AfterEach
    void stop() {
        host.stop(0);
        other.stop(0);
        git.close();
    }

    @Test
    void showsItsPasswordToTheConfiguredHostAndSaysThatItIsRefused() {
        assertThatThrownBy(() -> read(url(host, "/locked"))).isInstanceOfSatisfying(Unreadable.class, e -> {
            assertThat(e.failure().code()).isEqualTo("REPOSITORY_ACCESS_DENIED");
            assertThat(e.failure().toString()).doesNotContain("hunter2");
        });
        String basic = Base64.getEncoder().encodeToString("slipway:hunter2".getBytes(StandardCharsets.UTF_8));
        assertThat(shown).contains("Basic " + basic);
    }

    @Test
    void showsNothingToAHostThatIsNotConfigured() {
        assertThatThrownBy(() -> read(url(other, "/locked"))).isInstanceOf(Unreadable.class);
        assertThat(asked).isNotEmpty();
        assertThat(shown).isEmpty();
    }

    @Test
    void followsNoRedirectToAnotherHost() {
        assertThatThrownBy(() -> read(url(host, "/moved")))
                .isInstanceOfSatisfying(
                        Unreadable.class, e -> assertThat(e.failure().remedy()).contains("redirects are not followed"));
        assertThat(asked).isNotEmpty().allMatch(path -> path.startsWith("/moved"));
    }

    private void read(String url) throws Unreadable {
        PlannerConfig config = git.config();
        NoGitSettings.install();
        var cache = new GitCache(config.gitCache());
        var fetch =
                new GitFetch(config.gitCache(), new GitCredentials(config.git().values()), cache.directory());
        var repository = new RepositoryUrl(RepositoryUrl.Scheme.HTTPS, url);
        cache.use(repository, cached -> fetch.commit(cached, repository, "main"));
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static String url(HttpServer server, String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private void locked(HttpExchange exchange) throws IOException {
        note(exchange);
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }

    private void moved(HttpExchange exchange) throws IOException {
        note(exchange);
        exchange.getResponseHeaders()
                .add("Location", url(other, exchange.getRequestURI().toString()));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void note(HttpExchange exchange) {
        asked.add(exchange.getRequestURI().getPath());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            shown.add(authorization);
        }
    }
}
