package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import org.jspecify.annotations.Nullable;

/** One action of an ALTER TABLE. */
public sealed interface TableAction {
    Span span();

    record AddColumn(Span span, Column column, boolean ifNotExists) implements TableAction {}

    record DropColumn(Span span, String column, boolean ifExists, boolean cascade) implements TableAction {}

    record RenameColumn(Span span, String from, String to) implements TableAction {}

    record RenameTable(Span span, String to) implements TableAction {}

    record RenameConstraint(Span span, String from, String to) implements TableAction {}

    record SetSchema(Span span, String schema) implements TableAction {}

    record SetNotNull(Span span, String column) implements TableAction {}

    record DropNotNull(Span span, String column) implements TableAction {}

    record SetDefault(Span span, String column, Expression value) implements TableAction {}

    record DropDefault(Span span, String column) implements TableAction {}

    /** @param using how values are converted, where the statement says it */
    record ChangeType(
            Span span,
            String column,
            DataType type,
            @Nullable Name collation,
            @Nullable Expression using) implements TableAction {
        public boolean converted() {
            return using != null;
        }
    }

    /** Anything else about one column. */
    record ColumnSetting(Span span, String column, Kind kind) implements TableAction {
        public enum Kind {
            STATISTICS,
            OPTIONS,
            STORAGE,
            COMPRESSION,
            ADD_IDENTITY,
            ALTER_IDENTITY,
            DROP_IDENTITY,
            /** The expression of a generated column: every row is computed anew. */
            SET_EXPRESSION,
            DROP_EXPRESSION
        }
    }

    record AddConstraint(Span span, Constraint constraint) implements TableAction {}

    record DropConstraint(Span span, String name, boolean ifExists, boolean cascade) implements TableAction {}

    record ValidateConstraint(Span span, String name) implements TableAction {}

    record AlterConstraint(Span span, String name, Enforcement enforcement) implements TableAction {
        /** What becomes of it. */
        public enum Enforcement {
            AS_BEFORE,
            ENFORCED,
            NOT_ENFORCED
        }
    }

    /** @param bound null for the index of a partition */
    record AttachPartition(
            Span span, Name partition, @Nullable PartitionBound bound) implements TableAction {}

    /** @param finalizes completes a concurrent detach that was interrupted */
    record DetachPartition(Span span, Name partition, boolean concurrently, boolean finalizes) implements TableAction {}

    /** INHERIT, and NO INHERIT. */
    record Inherit(Span span, Name parent, boolean inherits) implements TableAction {}

    /** @param trigger null for ALL and USER */
    record ToggleTrigger(Span span, @Nullable String trigger, boolean enable, boolean all) implements TableAction {}

    /** @param mode DEFAULT, FULL, NOTHING or INDEX */
    record ReplicaIdentity(Span span, String mode, @Nullable String index) implements TableAction {}

    /** Anything else about the table as a whole. @param argument such as the new owner or tablespace */
    record TableSetting(Span span, Kind kind, @Nullable String argument) implements TableAction {
        public enum Kind {
            OPTIONS,
            CLUSTER_ON,
            WITHOUT_CLUSTER,
            OWNER,
            LOGGED,
            UNLOGGED,
            TABLESPACE,
            ACCESS_METHOD,
            ENABLE_ROW_SECURITY,
            DISABLE_ROW_SECURITY,
            FORCE_ROW_SECURITY,
            NO_FORCE_ROW_SECURITY,
            TOGGLE_RULE
        }
    }

    /** @param kind its leading keywords, such as {@code NOT OF} */
    record Other(Span span, String kind, @Nullable String column) implements TableAction {}
}
