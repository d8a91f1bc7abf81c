package io.slipway.targets.flyway;

import org.flywaydb.core.extensibility.MigrationType;

/** The types of rows with which paid editions of Flyway record that a version was taken back. */
public enum UndoType implements MigrationType {
    UNDO_SQL,
    UNDO_JDBC;

    @Override
    public boolean isUndo() {
        return true;
    }

    @Override
    public boolean isSynthetic() {
        return false;
    }

    @Override
    public boolean isBaseline() {
        return false;
    }
}
