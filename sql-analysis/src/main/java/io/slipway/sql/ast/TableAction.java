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

    record SetDefault(Span span, String column) implements TableAction {}

    record DropDefault(Span span, String column) implements TableAction {}

    /** @param converted whether a USING expression says how */
    record ChangeType(Span span, String column, String type, boolean converted) implements TableAction {}

    record AddConstraint(Span span, Constraint constraint) implements TableAction {}

    record DropConstraint(Span span, String name, boolean cascade) implements TableAction {}

    record ValidateConstraint(Span span, String name) implements TableAction {}

    record AttachPartition(Span span, Name partition) implements TableAction {}

    record DetachPartition(Span span, Name partition, boolean concurrently) implements TableAction {}

    /** @param kind its leading keywords, such as {@code OWNER TO} */
    record Other(Span span, String kind, @Nullable String column) implements TableAction {}
}
