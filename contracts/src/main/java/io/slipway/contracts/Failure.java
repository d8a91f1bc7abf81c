package io.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * Why something did not succeed.
 *
 * @param code stable, in capitals, for programs
 * @param message for people: what was expected, what was found
 * @param remedy what to do next
 * @param sqlState PostgreSQL's five characters, where the server refused
 * @param script the script in which it happened
 * @param line 1-based line of the statement; 0 when unknown
 */
public record Failure(
        String code,
        String message,
        String remedy,
        @Nullable String sqlState,
        @Nullable String script,
        int line) {

    public Failure {
        Required.text("code", code, 100);
        Required.present("message", message);
        Required.present("remedy", remedy);
    }

    public static Failure of(String code, String message, String remedy) {
        return new Failure(code, message, remedy, null, null, 0);
    }
}
