/** What the server as a whole has left: connections and transaction ids. */
@NullMarked
package io.slipway.validator.check.server;

import org.jspecify.annotations.NullMarked;
