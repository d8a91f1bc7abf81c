/**
 * PostgreSQL's own programs as children of a service: found on the machine, run within a time, ended with the service, and
 * quoted without secrets. What a dump is made for lives with the service that makes it.
 */
@NullMarked
package io.slipway.targets.program;

import org.jspecify.annotations.NullMarked;
