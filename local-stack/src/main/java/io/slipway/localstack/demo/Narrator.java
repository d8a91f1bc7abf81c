package io.slipway.localstack.demo;

import java.io.PrintStream;

/** Tells the tour on standard output, in plain ASCII, since a terminal in the C locale shows nothing else. */
final class Narrator {

    private final PrintStream out;
    private final boolean colours;
    private final int steps;
    private int step;

    /**
     * A narrator at the beginning of the tour.
     *
     * @param steps how many there will be
     */
    Narrator(PrintStream out, boolean colours, int steps) {
        this.out = out;
        this.colours = colours;
        this.steps = steps;
    }

    /** Colours only for a person who has not asked for none; see no-color.org. */
    static Narrator onStandardOutput(int steps) {
        var console = System.console();
        var noColours = System.getenv("NO_COLOR");
        return new Narrator(
                System.out,
                console != null && console.isTerminal() && (noColours == null || noColours.isBlank()),
                steps);
    }

    void step(String title, String text) {
        step++;
        out.println();
        out.println(paint("1;36", "%d/%d  %s".formatted(step, steps, title)));
        text.lines().forEach(line -> out.println("     " + line));
    }

    /** A command as the user would type it; its output follows. */
    void command(String line) {
        out.println();
        out.println(paint("1", "$ " + line));
        out.flush();
    }

    /** What the demo has looked up itself, and found as it should be. */
    void confirm(String fact) {
        out.println(paint("32", "  ok ") + fact);
    }

    /** What happens meanwhile. */
    void tell(String text) {
        out.println();
        plain("     " + text);
    }

    void plain(String text) {
        out.println(text);
        out.flush();
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
