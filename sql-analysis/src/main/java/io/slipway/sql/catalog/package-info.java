/**
 * What is known of the database's schema without asking the database. So far that is what the pending scripts
 * themselves create, in their order.
 */
@NullMarked
package io.slipway.sql.catalog;

import org.jspecify.annotations.NullMarked;
