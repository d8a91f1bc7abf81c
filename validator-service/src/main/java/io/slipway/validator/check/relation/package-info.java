/** What is the matter with the very tables that a plan is about: locks, vacuums, indexes, sequences. */
@NullMarked
package io.slipway.validator.check.relation;

import org.jspecify.annotations.NullMarked;
