package io.slipway.policy;

/**
 * The name of a rule or of a check where a policy file has it. Only who knows them can tell whether there is such a one.
 *
 * @param line from 1
 * @param column from 1
 */
public record Mention(String name, int line, int column) {}
