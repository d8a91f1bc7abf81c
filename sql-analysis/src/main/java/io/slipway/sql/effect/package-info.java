/**
 * What a statement does to a live database: which locks it takes and whom they keep waiting, and whether there is a way
 * back from it.
 */
@NullMarked
package io.slipway.sql.effect;

import org.jspecify.annotations.NullMarked;
