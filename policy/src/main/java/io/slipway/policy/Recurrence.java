package io.slipway.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * When something begins again and again, after RFC 5545. The rule is followed in local time, and each local time is then
 * turned into an instant: one that does not exist (clocks go forward) counts as much later as clocks go forward, of one
 * that exists twice (clocks go back) the first is meant.
 */
final class Recurrence {
    /** Most times a day; a rule with more is hardly meant, and looking a year ahead would take long. */
    private static final int MOST_A_DAY = 24;

    /** Highest COUNT: each occurrence is looked at from the first on. */
    private static final int MOST_COUNTED = 10_000;

    /** Highest INTERVAL: lib-recur's years overflow with intervals far above. */
    private static final int LONGEST_INTERVAL = 1_000;

    private final String rule;
    private final LocalDateTime start;
    private final ZoneId zone;

    /** @param rule one in which {@link #flaw} finds none */
    Recurrence(String rule, LocalDateTime start, ZoneId zone) {
        this.rule = rule;
        this.start = start;
        this.zone = zone;
    }

    /** Why a rule cannot be used. */
    static Optional<String> flaw(String text) {
        try {
            RecurrenceRule rule = parse(text);
            if (rule.hasPart(Part.RSCALE)) {
                return Optional.of("RSCALE is not supported; only the Gregorian calendar is.");
            }
            if (rule.getFreq().compareTo(Freq.DAILY) > 0 || timesADay(rule) > MOST_A_DAY) {
                return Optional.of(
                        "It begins more often than a window can; use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, and at most %d times a day."
                                .formatted(MOST_A_DAY));
            }
            if (rule.getInterval() > LONGEST_INTERVAL) {
                return Optional.of("INTERVAL is above %d.".formatted(LONGEST_INTERVAL));
            }
            if (rule.getCount() != null && rule.getCount() > MOST_COUNTED) {
                return Optional.of("COUNT is above %d; leave it out.".formatted(MOST_COUNTED));
            }
            endOf(rule, ZoneId.of("UTC"));
            return Optional.empty();
        } catch (InvalidRecurrenceRuleException e) {
            return Optional.of("%s.".formatted(e.getMessage()));
        } catch (DateTimeException e) {
            return Optional.of("UNTIL is no date: %s.".formatted(e.getMessage()));
        }
    }

    /** Whether it occurs at all. */
    boolean occurs() {
        return !starts(start, start.plusYears(LONGEST_INTERVAL), 1).isEmpty();
    }

    @Override
    public String toString() {
        return "%s from %s".formatted(rule, start);
    }

    /** When it begins from one instant on and before another, in order. */
    List<Instant> between(Instant from, Instant to) {
        // A day more on either side, because clocks may be set by that much (and were, on the date line).
        LocalDateTime first = LocalDateTime.ofInstant(from, zone).minusDays(1);
        LocalDateTime last = LocalDateTime.ofInstant(to, zone).plusDays(1);
        return starts(first, last, Integer.MAX_VALUE).stream()
                .map(this::instant)
                .filter(begin -> !begin.isBefore(from) && begin.isBefore(to))
                .distinct()
                .sorted()
                .toList();
    }

    private Instant instant(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }

    private List<LocalDateTime> starts(LocalDateTime first, LocalDateTime last, int most) {
        List<LocalDateTime> starts = new ArrayList<>();
        try {
            RecurrenceRule parsed = parse(rule);
            Instant end = endOf(parsed, zone);
            if (end != null) {
                parsed.setUntil(null); // only then: it drops a COUNT as well
            }
            RecurrenceRuleIterator dates = parsed.iterator(dateTime(start));
            dates.fastForward(dateTime(first));
            while (dates.hasNext() && starts.size() < most) {
                LocalDateTime next = local(dates.nextDateTime());
                if (next.isAfter(last) || (end != null && instant(next).isAfter(end))) {
                    break;
                }
                starts.add(next);
            }
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalStateException("A rule was not looked at before: " + rule, e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // So lib-recur says that it went through a thousand steps without an occurrence: there is no further one.
            return starts;
        }
        return starts;
    }

    private static RecurrenceRule parse(String text) throws InvalidRecurrenceRuleException {
        return new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
    }

    private static int timesADay(RecurrenceRule rule) {
        return Stream.of(Part.BYHOUR, Part.BYMINUTE, Part.BYSECOND)
                .filter(rule::hasPart)
                .mapToInt(part -> rule.getByPart(part).size())
                .reduce(1, (all, each) -> all * each);
    }

    /** The last instant at which it may begin; a date without time means all of that day, a time without Z local time. */
    private static @Nullable Instant endOf(RecurrenceRule rule, ZoneId zone) {
        DateTime until = rule.getUntil();
        if (until == null) {
            return null;
        }
        if (until.isAllDay()) {
            return LocalDate.of(until.getYear(), until.getMonth() + 1, until.getDayOfMonth())
                    .atTime(LocalTime.MAX)
                    .atZone(zone)
                    .toInstant();
        }
        return until.isFloating() ? local(until).atZone(zone).toInstant() : Instant.ofEpochMilli(until.getTimestamp());
    }

    private static DateTime dateTime(LocalDateTime local) {
        return new DateTime(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
    }

    private static LocalDateTime local(DateTime date) {
        return LocalDateTime.of(
                date.getYear(),
                date.getMonth() + 1,
                date.getDayOfMonth(),
                date.getHours(),
                date.getMinutes(),
                date.getSeconds());
    }
}
