package io.slipway.cli.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.connect.Addresses;
import io.slipway.cli.connect.Service;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.connect.ServiceClient;
import io.slipway.cli.output.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What one service says about itself.
 *
 * @param status {@code UP}, {@code DOWN} or {@code UNREACHABLE}
 * @param failing the checks that are not up, with what they say
 */
record ServiceHealth(String service, String address, String status, List<String> failing) {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    static ServiceHealth ask(Service service, Addresses addresses) {
        ServiceClient client = addresses.client(service);
        String address = client.address().toString();
        try {
            JsonNode health = client.getAnyway("/q/health", ANSWER);
            String status = health.path("status").asText("DOWN");
            return new ServiceHealth(service.label(), address, status, failing(health));
        } catch (ServiceAway away) {
            return new ServiceHealth(service.label(), address, "UNREACHABLE", List.of(away.detail()));
        }
    }

    @JsonIgnore
    boolean up() {
        return "UP".equals(status);
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        String shown = up() ? style.green(status) : style.red(status);
        lines.add("%-10s %s  %s".formatted(service, shown, address));
        failing.forEach(check -> lines.add("           " + Style.printable(check)));
        return lines;
    }

    private static List<String> failing(JsonNode health) {
        return StreamSupport.stream(health.path("checks").spliterator(), false)
                .filter(check -> !"UP".equals(check.path("status").asText()))
                .map(check -> check.path("name").asText() + " "
                        + (check.path("data").isMissingNode() ? "" : check.path("data")))
                .map(String::strip)
                .toList();
    }
}
