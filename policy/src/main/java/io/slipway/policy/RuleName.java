package io.slipway.policy;

/**
 * The name of a rule where a policy file has it. Only who knows the rules can tell whether there is such a one.
 *
 * @param line from 1
 * @param column from 1
 */
public record RuleName(String rule, int line, int column) {}
