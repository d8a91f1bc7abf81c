/**
 * A real Kafka broker and a real PostgreSQL, started as processes of their own or, on request, as containers. Tests and
 * the local stack share them. The services and their supervision do not live here.
 */
@NullMarked
package io.slipway.localstack.server;

import org.jspecify.annotations.NullMarked;
