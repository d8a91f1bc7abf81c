package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.localstack.server.SharedServers;
import io.slipway.sql.rule.Example;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rules;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All examples of all rules on a real PostgreSQL: each statement takes the locks, writes anew and reads what was foretold.
 * Examples of which that cannot be shown are named with the reason in {@code not-shown.txt}, and nothing else is.
 */
class RuleExamplesIT {
    private static final Map<String, String> NOT_SHOWN = notShown();

    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        connection = SharedServers.freshDatabase("examples").dataSource().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE ACCESS METHOD columnar TYPE TABLE HANDLER heap_tableam_handler;
                    CREATE ROLE app;
                    CREATE ROLE owner;
                    """);
            statement.execute("SET allow_in_place_tablespaces = true");
            statement.execute("CREATE TABLESPACE fast LOCATION ''");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void doesWhatWasForetold(String name, String sql) {
        // When
        Throwable difference = catchThrowable(
                () -> assertThat(new ExampleTrial(connection, sql).run()).isEmpty());

        // Then
        if (NOT_SHOWN.containsKey(name)) {
            assertThat(difference).as("%s: take it out of not-shown.txt", name).isNotNull();
        } else if (difference != null) {
            throw new AssertionError(name, difference);
        }
    }

    @Test
    void leavesOutOnlyExamplesThatThereAreAndSaysWhy() {
        List<String> names =
                examples().map(example -> (String) example.get()[0]).toList();
        assertThat(names).doesNotHaveDuplicates().containsAll(NOT_SHOWN.keySet());
        assertThat(NOT_SHOWN).allSatisfy((name, why) -> assertThat(why).as(name).isNotBlank());
    }

    static Stream<Arguments> examples() {
        List<Arguments> examples = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            for (Example.Kind kind : Example.Kind.values()) {
                int number = 1;
                for (Example example : rule.examples(kind)) {
                    examples.add(arguments(
                            "%s %s %d".formatted(rule.id(), kind.name().toLowerCase(Locale.ROOT), number++),
                            example.sql()));
                }
            }
        }
        return examples.stream();
    }

    private static Map<String, String> notShown() {
        return GroundFixture.resource("/rule-examples/not-shown.txt")
                .lines()
                .map(line -> line.split(" \\| ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }
}
