package io.slipway.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/requests.md}, sent as they stand there. */
@QuarkusTest
@WithTestResource(PlannerServersResource.class)
class RequestsPageIT {
    private static final Pattern EXAMPLE = Pattern.compile("```http\nPOST (\\S+)\n(.*?)\n\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleIsTakenAndTakenOnce() throws Exception {
        // Given
        List<MatchResult> examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/requests.md")))
                .results()
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(4);

        for (MatchResult example : examples) {
            // When
            Response first = send(example);
            Response again = send(example);

            // Then
            assertThat(first.statusCode()).as(example.group()).isEqualTo(202);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        }
    }

    private static Response send(MatchResult example) {
        RequestSpecification request = given().contentType("application/json").body(example.group(3));
        example.group(2)
                .lines()
                .map(line -> line.split(": ", 2))
                .forEach(header -> request.header(header[0], header[1]));
        return request.post(example.group(1));
    }
}
