/**
 * {@code validate}, {@code rules} and {@code explain}: what scripts will do to a live database, said before they do it. Offline
 * without any service; nothing here judges, the sql-analysis library does.
 */
@NullMarked
package io.slipway.cli.validate;

import org.jspecify.annotations.NullMarked;
