/**
 * What running a script came to: rows, locks, write-ahead log, waits and notices, read from PostgreSQL in the session that
 * runs it. What of it stays in the target is the ledger's matter.
 */
@NullMarked
package io.slipway.executor.measure;

import org.jspecify.annotations.NullMarked;
