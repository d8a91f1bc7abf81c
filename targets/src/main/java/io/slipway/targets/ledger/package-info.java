/**
 * What the executor's ledger in a target says of single statements, and of what undo scripts outside a transaction take back,
 * for those who write it and those who only read it. Not Flyway's history, and not the ledger's rows about whole scripts.
 */
@NullMarked
package io.slipway.targets.ledger;

import org.jspecify.annotations.NullMarked;
