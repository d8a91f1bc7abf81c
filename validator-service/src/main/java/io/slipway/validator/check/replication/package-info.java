/** Whether replicas and consumers of the WAL keep up. */
@NullMarked
package io.slipway.validator.check.replication;

import org.jspecify.annotations.NullMarked;
