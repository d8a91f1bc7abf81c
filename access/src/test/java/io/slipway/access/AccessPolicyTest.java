package io.slipway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.access.Access.Call;
import io.slipway.access.Access.Decision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {
    private static final String TOKEN = "correct-horse-battery";

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "localhost", "::1"})
    void needsNoTokenOnTheLoopbackInterface(String host) {
        assertThat(AccessPolicy.decide(host, Optional.empty())).isEqualTo(new Access.Local());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "planner.internal", "localhost.example.com", ""})
    void refusesToBeReachedFromOutsideWithoutToken(String host) {
        assertThat(AccessPolicy.decide(host, Optional.of("  ")))
                .isInstanceOfSatisfying(Access.Refused.class, refused -> assertThat(refused.reason())
                        .contains("quarkus.http.host is '" + host + "'", "slipway.access.token", "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
    void refusesAShortTokenWhereverItListensAndDoesNotRepeatIt(String host) {
        assertThat(AccessPolicy.decide(host, Optional.of("fifteen-letters")))
                .isInstanceOfSatisfying(Access.Refused.class, refused -> assertThat(refused.reason())
                        .contains("15 characters", "at least 16")
                        .doesNotContain("fifteen-letters"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/runs, , TOKEN_MISSING",
        "/q/metrics, , TOKEN_MISSING",
        "/q/health-ui, , TOKEN_MISSING",
        "/q/health, , PASS",
        "/q/health/ready, , PASS",
        "/api/v1/runs, Bearer correct-horse-battery, PASS",
        "/api/v1/runs, bearer correct-horse-battery, PASS",
        "/api/v1/runs, Bearer correct-horse-batterz, TOKEN_WRONG",
        "/api/v1/runs, Bearer, TOKEN_WRONG",
        "/api/v1/runs, Basic correct-horse-battery, TOKEN_WRONG",
    })
    void demandsTheTokenForAllButHealth(String path, @Nullable String authorization, Decision expected) {
        Access access = AccessPolicy.decide("127.0.0.1", Optional.of(TOKEN));

        assertThat(access.decide(new Call(path, "127.0.0.1:8081", null, authorization)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8081, , PASS",
        "[::1]:8081, , PASS",
        "127.0.0.1, http://localhost:8085, PASS",
        "127.0.0.1:8081, https://evil.example, NOT_LOCAL",
        "127.0.0.1:8081, null, NOT_LOCAL",
        "rebound.evil.example:8081, , NOT_LOCAL",
        ", , NOT_LOCAL",
    })
    void keepsForeignWebPagesOutWithoutToken(@Nullable String authority, @Nullable String origin, Decision expected) {
        assertThat(new Access.Local().decide(new Call("/api/v1/requests", authority, origin, null)))
                .isEqualTo(expected);
    }

    @Test
    void printsNoToken() {
        assertThat(new Access.Guarded(TOKEN).toString()).doesNotContain(TOKEN);
    }
}
