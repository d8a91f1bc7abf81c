package io.slipway.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time in the zone of whoever looks. */
public final class When {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private When() {}

    public static String text(Instant when) {
        return SECONDS.format(when.atZone(ZoneId.systemDefault()));
    }
}
