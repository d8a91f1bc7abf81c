package io.slipway.policy;

/** Before which runs a backup is made. */
public enum BackupRule {
    ALWAYS,
    /** Only before those with a step that has no way back. */
    IRREVERSIBLE,
    NEVER,
    /** The policy does not say. */
    UNSET
}
