package io.slipway.audit.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.slipway.audit.HistoryProbe;
import io.slipway.audit.RunFixture;
import io.slipway.eventing.SharedServersResource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
class DashboardIT {
    private static final Pattern POLLED = Pattern.compile("hx-get=\"(/runs/[^\"]+/live\\?seen=\\d+)\"");
    private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/[^\"/][^\"]*[.](?:css|js|svg))\"");

    private HistoryProbe history;

    @BeforeEach
    void connect() {
        history = new HistoryProbe();
    }

    @AfterEach
    void disconnect() {
        history.close();
    }

    @Test
    void showsOneRunWithAllThatIsKnown() {
        // Given
        RunFixture run = RunFixture.on("shown");
        history.publish(run, run.migration());
        history.awaitOutcome(run.run(), "APPLIED");

        // When
        String page = page("/runs/" + run.run());

        // Then
        assertThat(page)
                .contains("Migration <span", "applied", "deployer", "Carts for the shop", "CHG-42", "1 → 3")
                .contains("Held, waiting for window", "SL-012", "between 1 and 1000", "12 of 100 are in use")
                .contains("V3__prices.sql", "1,200", "public.product", "file:///backups/shop.dump", "4.0 KiB")
                .contains("1,200 updated", "1.5 s for locks, 2 attempts", "ROW EXCLUSIVE", "prices are in cents now")
                .contains("blocks other changes of the same rows, for about 3.0 s, the table is read whole")
                .contains("confirmed", "2 of 2", "V2__cart.sql has no undo script", "SL-012 in V3__prices.sql")
                .contains("<a href=\"https://validator.example/api/v1/runs/7/verdict\">All findings")
                .doesNotContain("every 1s", "NOT_FOUND", "NULL");
        assertThat(page("/runs/" + run.run() + "/scripts/0")).contains("default &#39;&lt;b&gt;&amp;&#39;");
    }

    @Test
    void followsARunUntilItHasEnded() {
        // Given
        RunFixture run = RunFixture.on("followed");
        history.publish(run, run.migration().subList(0, 8));
        history.awaitState(run.run(), "EXECUTING");
        String live = Awaitility.await()
                .atMost(HistoryProbe.PATIENCE)
                .until(
                        () -> polled(page("/runs/" + run.run())),
                        polled -> given().get(polled).statusCode() == 204);

        // When
        history.publish(run.envelope(run.applied(), 9), run.applied());
        history.awaitOutcome(run.run(), "APPLIED");

        // Then
        assertThat(page(live)).contains("Applied: 2 migrations").doesNotContain("hx-trigger=\"every", "<html");
    }

    @Test
    void writesWhatPeopleSayAsTextAndNeverAsMarkup() {
        // Given
        String attack = "\"><script>alert('x')</script><img src=x onerror=alert(1)> {#raw}";
        RunFixture run = RunFixture.on("attacked").because(attack);
        history.publish(run, run.migration());
        history.awaitOutcome(run.run(), "APPLIED");

        // Then
        for (String page : new String[] {page("/runs/" + run.run()), page("/?target=attacked")}) {
            assertThat(page)
                    .contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                    .doesNotContain("<script>alert", "<img src=x");
        }
    }

    @Test
    void allowsNoInlineScriptAndLoadsOnlyWhatItBrings() {
        // When
        Response response = given().get("/");

        // Then
        assertThat(response.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(response.asString()).doesNotContain("style=\"", "http://", "https://", "onclick");
        Matcher loaded = LOADED.matcher(response.asString());
        int files = 0;
        while (loaded.find()) {
            given().get(loaded.group(1)).then().statusCode(200);
            files++;
        }
        assertThat(files).isGreaterThanOrEqualTo(3);
    }

    @Test
    void answersWithNothingWhenTheListIsStillTheSame() {
        // Given
        RunFixture run = RunFixture.on("listed");
        history.publish(run, run.migration());
        history.awaitOutcome(run.run(), "APPLIED");
        Matcher seen = Pattern.compile("seen=([0-9a-f]+)&amp;target=listed").matcher(page("/?target=listed"));
        assertThat(seen.find()).isTrue();

        // When
        int same = given().get("/runs?target=listed&seen=" + seen.group(1)).statusCode();
        String first = page("/runs?target=listed&seen=0");

        // Then
        assertThat(same).isEqualTo(204);
        assertThat(first).contains(run.run().toString()).doesNotContain("<html");
    }

    @Test
    void namesTheRunThatThereIsNot() {
        Response response = given().get("/runs/<i>7");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.asString()).contains("No such run", "&lt;i&gt;7");
    }

    private static String polled(String page) {
        Matcher polled = POLLED.matcher(page);
        assertThat(polled.find()).as("the page polls").isTrue();
        return polled.group(1);
    }

    private static String page(String path) {
        return given().get(path)
                .then()
                .statusCode(200)
                .header("Content-Type", "text/html;charset=UTF-8")
                .extract()
                .asString();
    }
}
