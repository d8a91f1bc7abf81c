package io.slipway.validator.check.disk;

import io.slipway.targets.Target;
import io.slipway.validator.check.disk.FreeSpace.Known;
import io.slipway.validator.check.disk.FreeSpace.Unknown;
import io.slipway.validator.check.outcome.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks a program of the operator's for the free bytes of a volume. */
final class FreeSpaceCommand {
    /** A number with room for a line end; a program that says more does not do what it is for. */
    private static final int LONGEST_ANSWER = 256;

    private static final String ADVICE =
            "See to it that slipway.validator.disks.%s.command prints one number, the free bytes of the volume.";

    private FreeSpaceCommand() {}

    static FreeSpace ask(Target target, List<String> command, Duration patience) throws InterruptedException {
        String advice = ADVICE.formatted(target.id());
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            Map<String, String> environment = builder.environment();
            environment.put("SLIPWAY_TARGET", target.id().name());
            target.libpqEnvironment().forEach((name, value) -> {
                if (name.equals("PGHOST") || name.equals("PGPORT") || name.equals("PGDATABASE")) {
                    environment.put(name, value);
                }
            });
            process = builder.start();
        } catch (IOException e) {
            return new Unknown(
                    "The program that tells the free space cannot be started: %s.".formatted(e.getMessage()), advice);
        }
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Unknown(
                        "The program that tells the free space did not end within %d ms."
                                .formatted(patience.toMillis()),
                        advice);
            }
            return answer(process, advice);
        } catch (IOException e) {
            return new Unknown(
                    "The program that tells the free space cannot be read: %s.".formatted(e.getMessage()), advice);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static FreeSpace answer(Process process, String advice) throws IOException {
        String said = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
        // "df --output=avail" prints a heading first.
        String last = said.substring(said.lastIndexOf('\n') + 1).strip();
        if (process.exitValue() == 0 && last.matches("\\d{1,18}")) {
            return new Known(Long.parseLong(last));
        }
        return new Unknown(
                "The program that tells the free space ended with %d and said: '%s'."
                        .formatted(process.exitValue(), Listing.cut(said)),
                advice);
    }
}
