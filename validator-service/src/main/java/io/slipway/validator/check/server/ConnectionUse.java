package io.slipway.validator.check.server;

/**
 * A bound on the number of connections, and how much of it is in use.
 *
 * @param bound what sets it, such as {@code max_connections}
 * @param most how many there may be for a role like this one
 */
record ConnectionUse(String bound, long used, long most) {

    long percent() {
        return most <= 0 ? 100 : used * 100 / most;
    }
}
