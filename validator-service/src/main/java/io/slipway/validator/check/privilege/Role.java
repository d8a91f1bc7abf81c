package io.slipway.validator.check.privilege;

import io.slipway.validator.footprint.Power;
import java.util.Set;

/**
 * The role that migrates.
 *
 * @param powers a superuser has all
 * @param hostsAdministrator whether it belongs to a role with which hosting services replace the superuser
 * @param createsSchemas whether it may create schemas in the database
 * @param readOnly whether its transactions are read-only unless they say otherwise
 */
record Role(String name, Set<Power> powers, boolean hostsAdministrator, boolean createsSchemas, boolean readOnly) {
    Role {
        powers = Set.copyOf(powers);
    }

    boolean superuser() {
        return powers.contains(Power.SUPERUSER);
    }
}
