package io.slipway.cli;

/** A command cannot go on: with which exit code, what was found, and what to do next. */
public class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String title;
    private final String remedy;

    public CommandFailed(ExitCode exitCode, String title, String detail, String remedy) {
        super(detail);
        this.exitCode = exitCode;
        this.title = title;
        this.remedy = remedy;
    }

    public static CommandFailed usage(String detail, String remedy) {
        return new CommandFailed(ExitCode.USAGE, "Wrong usage", detail, remedy);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
