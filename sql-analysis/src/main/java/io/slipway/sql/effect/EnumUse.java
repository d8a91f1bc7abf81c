package io.slipway.sql.effect;

import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.catalog.UserType.EnumType;
import java.util.Optional;

/**
 * The value of an enum cannot be used in the transaction that has added it; since PostgreSQL 17 it can where that has made
 * the type as well.
 */
final class EnumUse {
    private final Draft draft;

    EnumUse(Draft draft) {
        this.draft = draft;
    }

    /** Looks at casts to an enum. */
    void check(Uses uses) {
        uses.types().forEach(type -> draft.catalog.type(type).ifPresent(found -> {
            if (found instanceof EnumType known) {
                check(known, uses);
            }
        }));
    }

    /** @param type that the strings are read as, besides what they are cast to */
    void check(Optional<DataType> type, Uses uses) {
        type.flatMap(named -> draft.catalog.type(named.name())).ifPresent(found -> {
            if (found instanceof EnumType known) {
                check(known, uses);
            }
        });
        check(uses);
    }

    private void check(EnumType type, Uses uses) {
        for (String value : type.addedHere()) {
            if ((type.novelty().existing() || !draft.version.atLeast(17))
                    && uses.strings().contains(value)) {
                draft.fail("The value '%s' of %s is used in the transaction that adds it."
                        .formatted(value, type.name().sql()));
            }
        }
    }
}
