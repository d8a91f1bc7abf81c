package io.slipway.validator.rehearsal;

/**
 * A script to be tried.
 *
 * @param sql with its placeholders replaced
 * @param transactional whether it runs in one transaction
 */
record TrialScript(String name, String sql, boolean transactional) {}
