package io.slipway.targets.program;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code pg_dump --version} prints. */
public final class ToolVersion {
    private static final Pattern SHAPE = Pattern.compile("\\(PostgreSQL\\)\\s+(\\d+)");

    private ToolVersion() {}

    /** The major version; absent when the line is not PostgreSQL's. Before 10 this is the first of two numbers. */
    public static OptionalInt major(String line) {
        Matcher matcher = SHAPE.matcher(line);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
