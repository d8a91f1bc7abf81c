/**
 * Whether the volume of the target holds what a plan writes. The volume of the backups is the backup service's to judge:
 * it is on another machine, and it measures before it dumps.
 */
@NullMarked
package io.slipway.validator.check.disk;

import org.jspecify.annotations.NullMarked;
