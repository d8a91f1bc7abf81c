package io.slipway.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AccessFilterIT.WithToken.class)
class AccessFilterIT {
    private static final String TOKEN = "correct-horse-battery";

    @Test
    void answersACallWithoutTokenWithAChallengeAndAProblem() {
        given().get("/api/v1/thing")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"slipway\""))
                .contentType("application/problem+json")
                .body("status", equalTo(401), "detail", containsString("slipway.access.token"));
    }

    @Test
    void answersAWrongTokenWithInvalidToken() {
        given().header("Authorization", "Bearer wrong-horse-battery")
                .get("/api/v1/thing")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("invalid_token"));
    }

    @Test
    void letsTheBearerOfTheTokenIn() {
        given().header("Authorization", "Bearer " + TOKEN)
                .get("/api/v1/thing")
                .then()
                .statusCode(200)
                .body(equalTo("inside"));
    }

    @Test
    void isNotFooledByDotSegments() {
        given().urlEncodingEnabled(false)
                .get("/q/health/%2e%2e/../../api/v1/thing")
                .then()
                .statusCode(401);
    }

    @Test
    void leavesHealthOpen() {
        given().get("/q/health/live").then().statusCode(200);
    }

    @ApplicationScoped
    static class Thing {
        void routes(@Observes Router router) {
            router.get("/api/v1/thing").handler(context -> context.end("inside"));
            router.get("/q/health/live").handler(context -> context.end("UP"));
        }
    }

    public static class WithToken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("slipway.access.token", TOKEN);
        }
    }
}
