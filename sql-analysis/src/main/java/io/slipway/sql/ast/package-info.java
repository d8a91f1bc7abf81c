/**
 * PostgreSQL statements as Slipway sees them: what the rules, and later the catalogue and the effects, need to know of
 * each, and nothing of the parser it came from. Every node knows its place in the script.
 */
@NullMarked
package io.slipway.sql.ast;

import org.jspecify.annotations.NullMarked;
