/**
 * What the target's own catalogue says about the relations of a plan and about those that hang together with them. Reads
 * only what a plan names: a database may have tens of thousands of tables.
 */
@NullMarked
package io.slipway.validator.catalog;

import org.jspecify.annotations.NullMarked;
