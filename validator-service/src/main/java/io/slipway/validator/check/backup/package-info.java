/** What this service has heard of the backups of each target, and what that means for the next run. */
@NullMarked
package io.slipway.validator.check.backup;

import org.jspecify.annotations.NullMarked;
