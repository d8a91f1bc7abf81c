package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/**
 * All of a relation is written anew, into new files.
 *
 * @param relation a table, materialized view or index
 * @param why in words, as the end of a sentence
 * @param copied whether the rows are copied; false where the new files start out empty
 * @param proven false where it happens in the worst case only, because something is not known
 */
public record Rewrite(Name relation, String why, boolean copied, boolean proven) {}
