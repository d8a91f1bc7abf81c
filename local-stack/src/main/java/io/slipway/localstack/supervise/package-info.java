/**
 * The local stack as a whole: starts the servers and the five services, tells where they are, watches them, and stops
 * them. How a server is started is the business of the servers' package.
 */
@NullMarked
package io.slipway.localstack.supervise;

import org.jspecify.annotations.NullMarked;
