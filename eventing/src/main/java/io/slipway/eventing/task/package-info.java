/** Work that outlives a process: scheduled inside a transaction, run after it, revived when its process dies. */
@NullMarked
package io.slipway.eventing.task;

import org.jspecify.annotations.NullMarked;
