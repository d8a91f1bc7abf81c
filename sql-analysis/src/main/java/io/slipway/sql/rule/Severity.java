package io.slipway.sql.rule;

/** What a finding does to a plan: an error refuses it. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
