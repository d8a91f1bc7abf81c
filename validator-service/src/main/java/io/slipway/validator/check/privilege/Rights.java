package io.slipway.validator.check.privilege;

import java.util.List;

/**
 * What stands between a role and a plan.
 *
 * @param foreign relations that the plan alters and that belong to others, with their owners
 * @param missing privileges on tables, such as {@code INSERT on public.orders}
 * @param closedSchemas in which the plan creates something and the role must not
 */
record Rights(List<String> foreign, List<String> missing, List<String> closedSchemas) {
    Rights {
        foreign = List.copyOf(foreign);
        missing = List.copyOf(missing);
        closedSchemas = List.copyOf(closedSchemas);
    }
}
