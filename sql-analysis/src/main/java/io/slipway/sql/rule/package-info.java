/**
 * The rules: thin predicates over statements and what is known of the schema, and the comments that silence them. A
 * finding says what happens, which lock keeps whom waiting, and how to say the same more safely.
 */
@NullMarked
package io.slipway.sql.rule;

import org.jspecify.annotations.NullMarked;
