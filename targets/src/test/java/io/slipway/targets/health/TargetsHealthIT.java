package io.slipway.targets.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(OneDeadTargetFixture.class)
class TargetsHealthIT {
    @TestHTTPResource("/q/health/")
    URI health;

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(health.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void staysReadyAndSaysWhichTargetIsDead() throws IOException, InterruptedException {
        // When
        HttpResponse<String> targets = get("group/targets");
        HttpResponse<String> ready = get("ready");

        // Then
        assertThat(targets.statusCode()).isEqualTo(503);
        assertThat(targets.body())
                .contains("\"default\": \"up, PostgreSQL 15.")
                .contains("\"dead\": \"TARGET_REFUSED: ")
                .doesNotContain("hunter2");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).doesNotContain("dead");
    }
}
