/** What other sessions have left open that a migration would wait for. */
@NullMarked
package io.slipway.validator.check.session;

import org.jspecify.annotations.NullMarked;
