/**
 * The dumps that this service has made: one row each, what may be read of them over HTTP, and when they go. Makes no dumps
 * and publishes nothing.
 */
@NullMarked
package io.slipway.backup.catalogue;

import org.jspecify.annotations.NullMarked;
