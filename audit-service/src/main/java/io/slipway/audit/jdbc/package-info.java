/**
 * SQL statements with their values over plain JDBC. What the statements say lives with the stores that own the tables.
 */
@NullMarked
package io.slipway.audit.jdbc;

import org.jspecify.annotations.NullMarked;
