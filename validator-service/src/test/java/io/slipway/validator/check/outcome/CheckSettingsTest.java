package io.slipway.validator.check.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.slipway.validator.ValidatorConfig.CheckConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckSettingsTest {

    private record Given(Optional<Boolean> enabled, Optional<Boolean> critical, Optional<String> limit)
            implements CheckConfig {
        static Given limit(@Nullable String limit) {
            return new Given(Optional.empty(), Optional.empty(), Optional.ofNullable(limit));
        }
    }

    @Test
    void hasADefaultForEveryCheck() {
        // When
        CheckSettings settings = CheckSettings.of(Map.of());

        // Then
        assertThat(settings.settings()).hasSize(Check.values().length);
        assertThat(settings.of(Check.PRIVILEGES)).isEqualTo(new CheckSetting(true, true, 0));
        assertThat(settings.of(Check.REPLICATION_SLOTS)).isEqualTo(new CheckSetting(true, false, 1L << 30));
    }

    @Test
    void takesWhatIsGivenAndKeepsTheRest() {
        // When
        CheckSettings settings = CheckSettings.of(Map.of(
                "connections",
                Given.limit("75"),
                "locks",
                new Given(Optional.of(false), Optional.of(true), Optional.empty())));

        // Then
        assertThat(settings.of(Check.CONNECTIONS)).isEqualTo(new CheckSetting(true, false, 75));
        assertThat(settings.of(Check.LOCKS)).isEqualTo(new CheckSetting(false, true, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 80%, 80",
        "long-transactions, 2m, 120",
        "replication-slots, 10M, 10485760",
        "wraparound, 200_000_000, 200000000"
    })
    void readsALimitInTheUnitOfItsCheck(String check, String limit, long value) {
        assertThat(CheckSettings.of(Map.of(check, Given.limit(limit)))
                        .of(Check.find(check).orElseThrow())
                        .limit())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "conections, 80%, there is no such check",
        "connections, much, expected a figure like 90%",
        "locks, -1, it must not be negative",
        "long-transactions, 10 parsecs, expected a figure like 60s",
        "privileges, 3, this check has no limit"
    })
    void refusesWhatItCannotUse(String check, String limit, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckSettings.of(Map.of(check, Given.limit(limit))))
                .withMessageContaining("slipway.validator.checks." + check)
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource
    void isInTheTableOfTheDocumentation(Check check) throws IOException {
        // When
        String page = Files.readString(Path.of("../docs/validation.md"));

        // Then
        assertThat(page.lines()
                        .filter(line -> line.startsWith("| `%s` |".formatted(check.text())))
                        .map(line -> line.split("\\s*\\|\\s*")))
                .singleElement()
                .satisfies(cells -> {
                    assertThat(cells[3])
                            .isEqualTo(
                                    check.defaultLimit().map("`%s`"::formatted).orElse("none"));
                    assertThat(cells[4]).isEqualTo(check.criticalByDefault() ? "yes" : "no");
                });
    }
}
