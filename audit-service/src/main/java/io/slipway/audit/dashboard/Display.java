package io.slipway.audit.dashboard;

import io.quarkus.qute.TemplateExtension;
import io.slipway.audit.run.PerformedMigration;
import io.slipway.audit.run.RunSummary;
import io.slipway.audit.run.Step;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.RowChanges;
import io.slipway.contracts.TableLock;
import io.slipway.contracts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How values look on the pages. */
@TemplateExtension
final class Display {
    private static final String ABSENT = "–";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Display() {}

    static Badge badge(RunSummary run) {
        return Badge.of(run);
    }

    /** What was wanted, in a few words. */
    static String what(RunSummary run) {
        String kind = run.kind() == null ? "request" : words(run.kind().name());
        return run.dryRun() ? "Dry run of a " + kind : capitalised(kind);
    }

    /** How much is to run, and from where to where. */
    static String plan(RunSummary run) {
        String scripts = run.scripts() == null ? "" : run.scripts() == 1 ? "1 script" : run.scripts() + " scripts";
        String separator = scripts.isEmpty() || way(run).isEmpty() ? "" : ", ";
        return scripts + separator + way(run);
    }

    /** What the verdict's colour for reversibility means. */
    static String wayBack(RunSummary run) {
        return switch (Verdict.Reversibility.valueOf(String.valueOf(run.reversibility()))) {
            case GREEN -> "without loss";
            case YELLOW -> "with some work";
            case RED -> "only by the backup";
        };
    }

    /** From where to where; empty while there is no plan. */
    static String way(RunSummary run) {
        if (run.fromVersion() == null && run.toVersion() == null) {
            return "";
        }
        String from = run.fromVersion() == null ? "empty" : run.fromVersion();
        String to = run.toVersion() == null ? "empty" : run.toVersion();
        return from.equals(to) ? "at " + from : from + " → " + to;
    }

    /** How long others are locked out, in words. */
    static String locked(TableLock lock) {
        String written =
                lock.rewritten() ? ", the table is written anew" : lock.scanned() ? ", the table is read whole" : "";
        return (lock.blockedFor() == null ? "for a moment or longer" : "for about " + span(lock.blockedFor()))
                + written;
    }

    /** What the rehearsal says of the way back, as the end of a sentence. */
    static String tried(Rehearsal rehearsal) {
        return switch (rehearsal.wayBack()) {
            case PROVED -> "proved";
            case DIFFERS -> "leads elsewhere";
            case FAILED -> "fails";
            case NONE -> "not all scripts have one";
            case NOT_TRIED -> "not tried";
        };
    }

    /** Whether a browser can follow it; a validator that was not told its own address gives the path alone. */
    static boolean address(String link) {
        return link.startsWith("https://") || link.startsWith("http://");
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** How the timeline marks a step: what went wrong, what waits, what ended the run. */
    static String tone(Step step) {
        String name = step.name();
        if (name.endsWith("Failed") || name.endsWith("Cancelled") || name.endsWith("Rejected")) {
            return "bad";
        }
        if (name.endsWith("Held") || name.endsWith("Skipped")) {
            return "warn";
        }
        return name.endsWith("Applied") || name.endsWith("Completed") || name.endsWith("Passed") ? "good" : "calm";
    }

    static String rows(RunSummary run) {
        return count(run.rowsAffected());
    }

    static String rows(PerformedMigration migration) {
        return count(migration.rowsAffected());
    }

    /** By kind, without those of which there were none. */
    static String kinds(RowChanges rows) {
        return Stream.of(
                        kind(rows.inserted(), "inserted"),
                        kind(rows.updated(), "updated"),
                        kind(rows.deleted(), "deleted"))
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String kind(long rows, String done) {
        return rows == 0 ? "" : String.format(Locale.ROOT, "%,d %s", rows, done);
    }

    static String span(Duration took) {
        return span(took.toMillis());
    }

    static String took(RunSummary run) {
        return run.durationMs() == null ? ABSENT : span(run.durationMs());
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String span(Long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    static String bytes(long size) {
        if (size < 1024) {
            return size + " B";
        }
        double value = size;
        int unit = -1;
        while (value >= 1024 && unit < 3) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, new String[] {"KiB", "MiB", "GiB", "TiB"}[unit]);
    }

    static String utc(Instant instant) {
        return TIME.format(instant);
    }

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    private static String count(@Nullable Long number) {
        return number == null ? ABSENT : String.format(Locale.ROOT, "%,d", number);
    }
}
