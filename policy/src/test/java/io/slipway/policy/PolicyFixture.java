package io.slipway.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Policy files for tests. */
final class PolicyFixture {
    static final String GOOD = resource("good.yaml");

    private PolicyFixture() {}

    static String resource(String name) {
        try (var stream = Objects.requireNonNull(PolicyFixture.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Policies good(String yaml) {
        return switch (Policies.read(yaml)) {
            case Policies.Read.Good good -> good.policies();
            case Policies.Read.Bad bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    static List<PolicyProblem> problems(String yaml) {
        return switch (Policies.read(yaml)) {
            case Policies.Read.Good good -> List.of();
            case Policies.Read.Bad bad -> bad.problems();
        };
    }

    /** What a policy with only these defaults, written as YAML without indentation, says. */
    static TargetPolicy defaults(String yaml) {
        return good("version: 1\ndefaults:\n" + yaml.indent(2)).of("shop", "test", Map.of());
    }
}
