/**
 * Where something stands in a script: positions, spans, line numbers. Nothing here knows SQL.
 */
@NullMarked
package io.slipway.sql.source;

import org.jspecify.annotations.NullMarked;
