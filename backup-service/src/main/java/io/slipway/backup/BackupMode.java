package io.slipway.backup;

/** Whether the runs of a target get a backup. */
public enum BackupMode {
    ALWAYS,
    NEVER
}
