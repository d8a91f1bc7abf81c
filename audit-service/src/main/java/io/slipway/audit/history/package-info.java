/** What happened to one target, newest first: applied, undone, failed; when, by whom and why. */
@NullMarked
package io.slipway.audit.history;

import org.jspecify.annotations.NullMarked;
