package io.slipway.validator.check.outcome;

/**
 * How one check is to be taken.
 *
 * @param limit in the unit of the check; without meaning for a check without a limit
 */
public record CheckSetting(boolean enabled, boolean critical, long limit) {}
