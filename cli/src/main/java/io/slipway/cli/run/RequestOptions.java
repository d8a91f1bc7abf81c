package io.slipway.cli.run;

import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every request says, and how long its run is waited for. */
final class RequestOptions {
    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The registered database; default: ${DEFAULT-VALUE}.")
    String target = "default";

    @Option(names = "--dry-run", description = "Plan and validate, change nothing.")
    boolean dryRun;

    @Option(
            names = "--force",
            description = "Skip what policy lets a person skip; never the digest, the history or a needed backup.")
    boolean force;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who asks, as the history will say; default: the user of the system.")
    String by = System.getProperty("user.name", "unknown");

    @Nullable
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; default: the name of the command.")
    String reason;

    @Nullable
    @Option(names = "--change", paramLabel = "REFERENCE", description = "The ticket or change that this belongs to.")
    String change;

    @Nullable
    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "What the target is taken for, such as production; a target of another one is refused.")
    String environment;

    @Nullable
    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "Give the run up unless it has been released by then, such as 8h; default: it waits.")
    Duration expiresIn;

    @Nullable
    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key and content give the same run; default: a new one.")
    String idempotencyKey;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationText.class,
            defaultValue = "1h",
            description =
                    "How long to wait, such as 90s, 15m or 2h; default: ${DEFAULT-VALUE}. The run itself goes on.")
    Duration timeout = Duration.ofHours(1);

    @Option(names = "--no-wait", description = "Hand the request in, say where the run is now, and do not wait.")
    boolean noWait;

    TargetId targetId() {
        return new TargetId(target);
    }

    String reasonOr(String command) {
        return reason == null ? command : reason;
    }

    @Nullable
    Instant expiresAt() {
        return expiresIn == null
                ? null
                : Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(expiresIn);
    }

    String key() {
        return idempotencyKey == null ? "cli-" + UUID.randomUUID() : idempotencyKey;
    }

    /** Reads {@code 90s}, {@code 15m} and {@code 2h}. */
    static final class DurationText implements ITypeConverter<Duration> {
        private static final Pattern SHORT = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

        @Override
        public Duration convert(String text) {
            Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("'%s' is no duration; write 90s, 15m or 2h".formatted(text));
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }
}
