/** What goes wrong around Slipway: bad input, killed processes, lost servers. Nothing of it may lose a run or a service. */
@NullMarked
package io.slipway.acceptance.fault;

import org.jspecify.annotations.NullMarked;
