/**
 * What the machine offers to the stack: the checkout, free ports, child processes with a log. Nothing here knows which
 * server or service it is for.
 */
@NullMarked
package io.slipway.localstack.machine;

import org.jspecify.annotations.NullMarked;
