/**
 * The one place that knows pgCodeKeeper and ANTLR: turns the fragments of a script into {@link
 * io.slipway.sql.ast.Statement}s. The generated contexts move with each version of the grammar, so none of them leaves
 * this package, and another parser can take its place.
 */
@NullMarked
package io.slipway.sql.parse;

import org.jspecify.annotations.NullMarked;
