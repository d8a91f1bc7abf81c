package io.slipway.policy;

/**
 * Something in a policy file that cannot be used.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, why, and what to do
 */
public record PolicyProblem(int line, int column, String message) {
    @Override
    public String toString() {
        return "%d:%d: %s".formatted(line, column, message);
    }
}
