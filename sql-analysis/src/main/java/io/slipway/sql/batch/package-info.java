/**
 * Data changes that run in batches: the comment that marks a script for it, its one statement, and how that is cut to a
 * range of keys. What the database has to be like for it is a rule's business.
 */
@NullMarked
package io.slipway.sql.batch;

import org.jspecify.annotations.NullMarked;
