package io.slipway.validator.check.session;

import java.util.List;

/**
 * Transactions of a database, the oldest first and no more than a few.
 *
 * @param hidden how many sessions the role may not look into
 */
record Sessions(List<OpenTransaction> open, int hidden) {
    Sessions {
        open = List.copyOf(open);
    }
}
