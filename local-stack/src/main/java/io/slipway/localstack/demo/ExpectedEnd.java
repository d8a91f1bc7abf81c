package io.slipway.localstack.demo;

/** The documented ends of a command to which the tour leads. */
enum ExpectedEnd {
    DONE(0, "done"),
    VALIDATION_FAILED(2, "validation failed");

    private final int exitCode;
    private final String meaning;

    ExpectedEnd(int exitCode, String meaning) {
        this.exitCode = exitCode;
        this.meaning = meaning;
    }

    int exitCode() {
        return exitCode;
    }

    String meaning() {
        return meaning;
    }
}
