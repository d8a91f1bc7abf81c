package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import java.util.List;

/** A type that is not built in. */
public sealed interface UserType {
    Name name();

    Novelty novelty();

    /** The same type, as one that was there before. */
    UserType asExisting();

    /** @param addedHere values that the transaction has added */
    record EnumType(Name name, List<String> values, Novelty novelty, List<String> addedHere) implements UserType {
        public EnumType {
            values = List.copyOf(values);
            addedHere = List.copyOf(addedHere);
        }

        @Override
        public EnumType asExisting() {
            return new EnumType(name, values, Novelty.EXISTING, List.of());
        }
    }

    record DomainType(Name name, DataType base, boolean notNull, List<Constraint> constraints, Novelty novelty)
            implements UserType {
        public DomainType {
            constraints = List.copyOf(constraints);
        }

        @Override
        public DomainType asExisting() {
            return new DomainType(name, base, notNull, constraints, Novelty.EXISTING);
        }

        /** Whether a value has to be looked at before it is taken. */
        public boolean constrained() {
            return notNull || !constraints.isEmpty();
        }
    }

    /** Composite, range and base types. */
    record OtherType(Name name, Novelty novelty) implements UserType {
        @Override
        public OtherType asExisting() {
            return new OtherType(name, Novelty.EXISTING);
        }
    }
}
