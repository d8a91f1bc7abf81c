package io.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    private static final String NIGHTS = """
            windows:
              - name: nights
                rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"
                start: 2026-01-05T22:00
                zone: Europe/Berlin
                duration: 6h
            """;

    @Test
    void withoutWindowsAndFreezesItIsAlwaysOpen() {
        assertThat(Windows.always().at(Instant.parse("2026-06-01T12:00:00Z"), Duration.ofDays(30)))
                .isEqualTo(new Opening.Open(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        // winter, summer, the last moment, a Monday before the first one
        "2026-01-05T21:00:00Z, 2026-01-06T03:00:00Z",
        "2026-07-06T20:00:00Z, 2026-07-07T02:00:00Z",
        "2026-07-07T01:59:59Z, 2026-07-07T02:00:00Z",
    })
    void isOpenFromTheLocalTimeOnForAsLongAsItLasts(Instant now, Instant closes) {
        assertThat(nights(now, null)).isEqualTo(new Opening.Open(closes, "nights"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-06T19:59:59Z, 2026-07-06T20:00:00Z",
        "2026-07-07T02:00:00Z, 2026-07-07T20:00:00Z",
        "2026-07-10T20:00:00Z, 2026-07-13T20:00:00Z",
        "2025-12-29T21:00:00Z, 2026-01-05T21:00:00Z",
    })
    void outsideItSaysWhenItOpensNext(Instant now, Instant opens) {
        // When
        Opening opening = nights(now, null);

        // Then
        assertThat(opens(opening)).isEqualTo(opens);
        assertThat(why(opening)).startsWith("outside of window 'nights'; it may begin at 2026-");
    }

    /**
     * Clocks go forward in Berlin on 2026-03-29 at 2:00, in Istanbul on 2015-03-29 at 3:00; back on 2026-10-25 at 3:00,
     * and on 2015-11-08 at 4:00 (two weeks after the rest of Europe, because of an election). Always 01:00 UTC. Since
     * 2016 Istanbul does not set its clocks.
     */
    @ParameterizedTest
    @CsvSource({
        // spans the change: the same real time, another local end
        "Europe/Berlin,   2026-03-28T22:00, 6h,  2026-03-28T21:00:00Z, 2026-03-29T03:00:00Z",
        "Europe/Berlin,   2026-10-24T22:00, 6h,  2026-10-24T20:00:00Z, 2026-10-25T02:00:00Z",
        "Europe/Istanbul, 2015-03-28T22:00, 6h,  2015-03-28T20:00:00Z, 2015-03-29T02:00:00Z",
        "Europe/Istanbul, 2015-11-07T22:00, 8h,  2015-11-07T19:00:00Z, 2015-11-08T03:00:00Z",
        // begins at a local time that does not exist: later by as much as clocks go forward
        "Europe/Berlin,   2026-03-29T02:30, 1h,  2026-03-29T01:30:00Z, 2026-03-29T02:30:00Z",
        "Europe/Istanbul, 2015-03-29T03:30, 1h,  2015-03-29T01:30:00Z, 2015-03-29T02:30:00Z",
        // begins at a local time that exists twice: the first is meant
        "Europe/Berlin,   2026-10-25T02:30, 30m, 2026-10-25T00:30:00Z, 2026-10-25T01:00:00Z",
        "Europe/Istanbul, 2015-11-08T03:30, 30m, 2015-11-08T00:30:00Z, 2015-11-08T01:00:00Z",
        // right before and right at the change
        "Europe/Berlin,   2026-03-29T01:00, 1h,  2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        "Europe/Berlin,   2026-03-29T03:00, 1h,  2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        "Europe/Berlin,   2026-10-25T03:00, 1h,  2026-10-25T02:00:00Z, 2026-10-25T03:00:00Z",
        "Europe/Istanbul, 2015-11-08T04:00, 1h,  2015-11-08T02:00:00Z, 2015-11-08T03:00:00Z",
        // the nights on which the rest of Europe sets its clocks, and Istanbul does not, or no longer
        "Europe/Istanbul, 2015-10-25T03:30, 1h,  2015-10-25T00:30:00Z, 2015-10-25T01:30:00Z",
        "Europe/Istanbul, 2026-03-29T03:30, 1h,  2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
    })
    void opensOnceAndForItsRealDurationInTheNightsInWhichClocksAreSet(
            String zone, String night, String duration, Instant opens, Instant closes) {
        // Given: a window that has recurred daily for days, at that local time
        Windows windows = daily(zone, night, duration);
        Instant before = opens.minusSeconds(1);

        // Then
        assertThat(opens(windows.at(before, null))).isEqualTo(opens);
        assertThat(windows.at(opens, null)).isEqualTo(new Opening.Open(closes, "w"));
        assertThat(windows.at(closes.minusSeconds(1), null)).isEqualTo(new Opening.Open(closes, "w"));
        assertThat(windows.at(closes, null)).isInstanceOf(Opening.Closed.class);
        assertThat(opens(windows.at(closes, null))).isAfter(opens.plus(Duration.ofHours(20)));
    }

    @Test
    void dailyWindowOfADayLeavesAnHourOpenInAutumnUnlessItIsLonger() {
        // Given
        Instant hole = Instant.parse("2026-10-25T22:30:00Z"); // 23:30, 24 hours after midnight have passed

        // Then
        assertThat(daily("Europe/Berlin", "2026-10-25T00:00", "24h").at(hole, null))
                .isInstanceOf(Opening.Closed.class);
        assertThat(daily("Europe/Berlin", "2026-10-25T00:00", "25h").at(hole, null))
                .isEqualTo(new Opening.Open(null, "w"));
    }

    @Test
    void runThatWouldNotFinishWaitsForTheNextOpening() {
        // When
        Opening opening = nights(Instant.parse("2026-07-07T01:30:00Z"), Duration.ofHours(2));

        // Then
        assertThat(opening)
                .isEqualTo(new Opening.Closed(
                        Instant.parse("2026-07-07T20:00:00Z"),
                        "needs 2h, but window 'nights' closes in 30m; it may begin at 2026-07-07 22:00 +02:00"));
        assertThat(nights(Instant.parse("2026-07-07T01:30:00Z"), Duration.ofMinutes(30)))
                .isInstanceOf(Opening.Open.class);
    }

    @Test
    void runThatIsLongerThanEveryWindowIsToldSo() {
        assertThat(nights(Instant.parse("2026-07-07T01:30:00Z"), Duration.ofHours(7)))
                .isEqualTo(new Opening.Closed(
                        null,
                        "needs 7h, but window 'nights' closes in 30m;"
                                + " nothing within 370 days is open for 7h, the longest is 6h"));
    }

    @Test
    void windowsThatOverlapOrTouchCountAsOne() {
        // Given
        Windows windows = PolicyFixture.defaults("""
                windows:
                  - { name: a, rrule: FREQ=DAILY, start: 2026-01-01T20:00, zone: UTC, duration: 2h }
                  - { name: c, rrule: FREQ=DAILY, start: 2026-01-01T23:00, zone: UTC, duration: 2h }
                  - { name: b, rrule: FREQ=DAILY, start: 2026-01-01T22:00, zone: UTC, duration: 90m }
                """).windows();

        // Then
        assertThat(windows.at(Instant.parse("2026-05-01T20:30:00Z"), Duration.ofHours(4)))
                .isEqualTo(new Opening.Open(Instant.parse("2026-05-02T01:00:00Z"), "a"));
        assertThat(opens(windows.at(Instant.parse("2026-05-01T21:30:00Z"), Duration.ofHours(4))))
                .isEqualTo("2026-05-02T20:00:00Z");
    }

    @Test
    void freezeInsideAWindowSplitsIt() {
        // Given
        Windows windows = PolicyFixture.defaults(NIGHTS + """
                freezes:
                  - { from: 2026-07-06T23:00, to: 2026-07-07T01:00, zone: Europe/Berlin, reason: stock-taking }
                """).windows();

        // Then
        assertThat(windows.at(Instant.parse("2026-07-06T20:30:00Z"), Duration.ofMinutes(30)))
                .isEqualTo(new Opening.Open(Instant.parse("2026-07-06T21:00:00Z"), "nights"));
        assertThat(opens(windows.at(Instant.parse("2026-07-06T20:30:00Z"), Duration.ofHours(1))))
                .isEqualTo("2026-07-06T23:00:00Z");
        assertThat(windows.at(Instant.parse("2026-07-06T21:00:00Z"), null))
                .isEqualTo(new Opening.Closed(
                        Instant.parse("2026-07-06T23:00:00Z"),
                        "frozen from 2026-07-06 23:00 +02:00 to 2026-07-07 01:00 +02:00 (stock-taking);"
                                + " it may begin at 2026-07-07 01:00 +02:00"));
        assertThat(windows.at(Instant.parse("2026-07-06T23:00:00Z"), Duration.ofHours(3)))
                .isEqualTo(new Opening.Open(Instant.parse("2026-07-07T02:00:00Z"), "nights"));
    }

    @Test
    void freezesWithoutWindowsCloseWhatIsOpenOtherwise() {
        // Given
        Windows windows = PolicyFixture.defaults("""
                freezes:
                  - { from: 2026-12-18T00:00, to: 2026-12-27T00:00, zone: Europe/Berlin, reason: Christmas }
                  - { from: 2026-12-26T00:00, to: 2027-01-04T00:00, zone: Europe/Berlin, reason: New Year }
                """).windows();

        // Then
        assertThat(windows.at(Instant.parse("2026-12-17T22:00:00Z"), Duration.ofHours(1)))
                .isEqualTo(new Opening.Open(Instant.parse("2026-12-17T23:00:00Z"), null));
        assertThat(windows.at(Instant.parse("2026-12-17T22:00:00Z"), Duration.ofHours(2)))
                .isEqualTo(new Opening.Closed(
                        Instant.parse("2027-01-03T23:00:00Z"),
                        "needs 2h, but a freeze begins in 1h; it may begin at 2027-01-04 00:00 +01:00"));
        assertThat(opens(windows.at(Instant.parse("2026-12-20T00:00:00Z"), null)))
                .isEqualTo("2027-01-03T23:00:00Z");
        assertThat(windows.at(Instant.parse("2027-01-04T00:00:00Z"), Duration.ofDays(20)))
                .isEqualTo(new Opening.Open(null, null));
    }

    @Test
    void freezeWithATimeThatExistsTwiceLastsFromItsFirstToItsSecond() {
        // Given
        Windows windows = PolicyFixture.defaults("""
                freezes:
                  - { from: 2026-10-25T02:10, to: 2026-10-25T02:20, zone: Europe/Berlin, reason: clocks }
                """).windows();

        // Then
        assertThat(windows.at(Instant.parse("2026-10-25T00:09:59Z"), null)).isInstanceOf(Opening.Open.class);
        assertThat(opens(windows.at(Instant.parse("2026-10-25T00:10:00Z"), null)))
                .isEqualTo("2026-10-25T01:20:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        // the last night is the 8th; UNTIL in UTC, in local time, as a date; COUNT
        "FREQ=DAILY;UNTIL=20260108T210000Z",
        "FREQ=DAILY;UNTIL=20260108T220000",
        "FREQ=DAILY;UNTIL=20260108",
        "FREQ=DAILY;COUNT=4",
    })
    void ruleThatHasEndedOpensNoMore(String rule) {
        // Given
        Windows windows = window("Europe/Berlin", rule, "2026-01-05T22:00", "1h");

        // Then
        assertThat(windows.at(Instant.parse("2026-01-08T21:30:00Z"), null))
                .isEqualTo(new Opening.Open(Instant.parse("2026-01-08T22:00:00Z"), "w"));
        assertThat(windows.at(Instant.parse("2026-01-08T22:00:00Z"), null))
                .isEqualTo(new Opening.Closed(null, "outside of window 'w'; nothing opens within 370 days"));
        assertThat(windows.at(Instant.parse("2030-01-08T22:00:00Z"), null))
                .isEqualTo(new Opening.Closed(null, "outside of window 'w'; nothing opens within 370 days"));
    }

    @Test
    void yearlyWindowIsSeenAYearAhead() {
        assertThat(opens(window("UTC", "FREQ=YEARLY", "2026-01-05T22:00", "1h")
                        .at(Instant.parse("2026-01-05T23:00:00Z"), null)))
                .isEqualTo("2027-01-05T22:00:00Z");
    }

    private static Opening nights(Instant now, @Nullable Duration estimate) {
        return PolicyFixture.defaults(NIGHTS).windows().at(now, estimate);
    }

    /** Each day at the local time of that night, since a week before. */
    private static Windows daily(String zone, String night, String duration) {
        var local = LocalDateTime.parse(night);
        return window(zone, "FREQ=DAILY", local.minusDays(7).toString(), duration);
    }

    private static Windows window(String zone, String rule, String start, String duration) {
        return PolicyFixture.defaults("""
                windows:
                  - { name: w, rrule: "%s", start: "%s", zone: %s, duration: %s }
                """.formatted(rule, start, zone, duration))
                .windows();
    }

    private static @Nullable Instant opens(Opening opening) {
        assertThat(opening).isInstanceOf(Opening.Closed.class);
        return ((Opening.Closed) opening).opens();
    }

    private static String why(Opening opening) {
        return ((Opening.Closed) opening).why();
    }
}
