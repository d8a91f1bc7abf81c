/** Takes versions back with the undo scripts of a rollback plan, in a way that plain Flyway goes on understanding. */
@NullMarked
package io.slipway.executor.rollback;

import org.jspecify.annotations.NullMarked;
