/** Errors of the HTTP interface as RFC 9457 documents. What counts as an error is decided where the request is read. */
@NullMarked
package io.slipway.audit.problem;

import org.jspecify.annotations.NullMarked;
