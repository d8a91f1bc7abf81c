/**
 * {@code ./slipway demo}: a tour through a migration's life on a shop's database, with the real command line tool on the
 * real stack. The shop's migrations are in {@code examples/shop}; how the stack starts is the supervisor's business.
 */
@NullMarked
package io.slipway.localstack.demo;

import org.jspecify.annotations.NullMarked;
