package io.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDateTime START = LocalDateTime.parse("2026-01-05T22:00");

    /** Jumping ahead must not shift a rule that counts its steps, such as every second week. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY;INTERVAL=3",
                "FREQ=DAILY;COUNT=200",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=MO",
                "FREQ=MONTHLY;BYDAY=2TU",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31",
                "FREQ=YEARLY;BYMONTH=1,7;BYDAY=1SU",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=DAILY;BYHOUR=2,14;BYMINUTE=30;UNTIL=20270601T000000Z",
            })
    void occurrencesFromAnInstantOnAreThoseOfTheWholeRule(String rule) {
        // Given
        var recurrence = new Recurrence(rule, START, BERLIN);
        Instant from = Instant.parse("2026-06-15T11:00:00Z");
        Instant to = Instant.parse("2030-01-01T00:00:00Z");
        var all = recurrence.between(Instant.parse("2025-12-01T00:00:00Z"), to);

        // When
        var later = recurrence.between(from, to);

        // Then
        assertThat(later)
                .isNotEmpty()
                .isEqualTo(all.stream().filter(begin -> !begin.isBefore(from)).toList());
    }

    @Test
    void everySecondWeekOnFridayIsReckonedInLocalTime() {
        assertThat(new Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", START, BERLIN)
                        .between(Instant.parse("2026-03-15T00:00:00Z"), Instant.parse("2026-04-19T00:00:00Z")))
                .containsExactly(
                        Instant.parse("2026-03-20T21:00:00Z"),
                        Instant.parse("2026-04-03T20:00:00Z"),
                        Instant.parse("2026-04-17T20:00:00Z"));
    }

    @Test
    void longestSearchThatIsAllowedTakesNoTime() {
        // Given
        var hours = String.join(
                ",", IntStream.range(0, 24).mapToObj(String::valueOf).toList());
        var often =
                new Recurrence("FREQ=DAILY;BYHOUR=" + hours, LocalDateTime.parse("2000-01-01T00:00"), ZoneOffset.UTC);
        Instant now = Instant.parse("2190-01-01T00:00:00Z");

        // When
        List<Instant> found =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> often.between(now, now.plus(Windows.HORIZON)));

        // Then
        assertThat(found).hasSize(370 * 24);
    }

    /** 2:30 does not exist and counts as 3:30, after 3:00 which does. */
    @Test
    void occurrencesAreInOrderInTheNightInWhichClocksGoForward() {
        assertThat(new Recurrence("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30", START, BERLIN)
                        .between(Instant.parse("2026-03-29T00:00:00Z"), Instant.parse("2026-03-29T12:00:00Z")))
                .containsExactly(Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-29T01:30:00Z"));
    }
}
