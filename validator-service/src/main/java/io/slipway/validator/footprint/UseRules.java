package io.slipway.validator.footprint;

import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.TableAction;

/** What an action of ALTER TABLE is to the table. */
final class UseRules {
    private UseRules() {}

    /** Without a look at the types in question: a change that turns out to be free counts as one that is not. */
    static Use of(TableAction action) {
        if (action instanceof TableAction.ChangeType) {
            return Use.REWRITES;
        }
        if (action instanceof TableAction.AddColumn add) {
            Filling filling = add.column().filling();
            boolean rewrites =
                    filling == Filling.SERIAL || filling == Filling.IDENTITY || filling == Filling.GENERATED_STORED;
            return rewrites ? Use.REWRITES : Use.ALTERS;
        }
        if (action instanceof TableAction.TableSetting setting) {
            return switch (setting.kind()) {
                case LOGGED, UNLOGGED, TABLESPACE, ACCESS_METHOD -> Use.REWRITES;
                default -> Use.ALTERS;
            };
        }
        if (action instanceof TableAction.AddConstraint add) {
            return switch (add.constraint().kind()) {
                case UNIQUE, PRIMARY_KEY, EXCLUDE -> add.constraint().usingIndex() == null ? Use.INDEXES : Use.ALTERS;
                case CHECK, FOREIGN_KEY, NOT_NULL -> Use.ALTERS;
            };
        }
        return Use.ALTERS;
    }
}
