/**
 * The schema of a database, kept in memory: built from what a service reads of the live one, and by replaying
 * statements in their order. Nothing here connects to anything, and nothing judges.
 */
@NullMarked
package io.slipway.sql.catalog;

import org.jspecify.annotations.NullMarked;
