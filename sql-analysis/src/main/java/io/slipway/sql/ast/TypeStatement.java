package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about enums and domains. */
public sealed interface TypeStatement extends Statement {

    record CreateEnum(Span span, Name name, List<String> values) implements TypeStatement {
        public CreateEnum {
            values = List.copyOf(values);
        }
    }

    /** @param neighbour the value before or behind which it is put; null for the end */
    record AddEnumValue(
            Span span,
            Name type,
            String value,
            boolean ifNotExists,
            @Nullable String neighbour) implements TypeStatement {}

    record RenameEnumValue(Span span, Name type, String from, String to) implements TypeStatement {}

    record CreateDomain(
            Span span,
            Name name,
            DataType base,
            boolean notNull,
            @Nullable Expression defaultValue,
            List<Constraint> constraints)
            implements TypeStatement {
        public CreateDomain {
            constraints = List.copyOf(constraints);
        }
    }

    /** @param constraint the one that is added, dropped or validated; only its name is set for the last two */
    record AlterDomain(
            Span span,
            Name name,
            Change change,
            @Nullable Constraint constraint,
            @Nullable String constraintName) implements TypeStatement {

        /** What happens to the domain. */
        public enum Change {
            ADD_CONSTRAINT,
            DROP_CONSTRAINT,
            VALIDATE_CONSTRAINT,
            RENAME_CONSTRAINT,
            SET_NOT_NULL,
            DROP_NOT_NULL,
            SET_DEFAULT,
            DROP_DEFAULT,
            RENAME,
            SET_SCHEMA
        }
    }
}
