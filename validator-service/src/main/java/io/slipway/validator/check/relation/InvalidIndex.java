package io.slipway.validator.check.relation;

import io.slipway.sql.ast.Name;

/**
 * An index that no query uses.
 *
 * @param ready whether writes still keep it up to date, at their cost
 * @param building whether somebody builds it right now
 */
record InvalidIndex(Name name, String table, boolean ready, boolean building) {}
