/** Where the services are and how they are asked over HTTP; nothing here knows what the answers mean. */
@NullMarked
package io.slipway.cli.connect;

import org.jspecify.annotations.NullMarked;
