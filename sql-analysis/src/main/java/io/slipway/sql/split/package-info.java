/**
 * Cuts a script into statements, as psql does, with exact positions. It knows the lexical rules of PostgreSQL and no
 * more of its grammar than where a statement ends; it never fails, and says of a statement that has no end why.
 */
@NullMarked
package io.slipway.sql.split;

import org.jspecify.annotations.NullMarked;
