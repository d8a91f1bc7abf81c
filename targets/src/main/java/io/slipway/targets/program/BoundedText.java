package io.slipway.targets.program;

/** The beginning of what a program writes; the rest is read, so that the program goes on, and dropped. */
public final class BoundedText {
    /** Enough for any list of errors; a dump with a warning for each of a million tables stays small. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    private final StringBuilder text = new StringBuilder();

    public synchronized void addLine(String line) {
        if (text.length() < MAX_CHARACTERS) {
            text.append(line, 0, Math.min(line.length(), MAX_CHARACTERS - text.length()))
                    .append('\n');
        }
    }

    public synchronized String text() {
        return text.toString();
    }
}
