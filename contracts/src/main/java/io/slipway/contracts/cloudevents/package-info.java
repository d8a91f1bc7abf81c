/** Events as CloudEvents 1.0 in binary mode: attributes in headers, the record as JSON in the body. */
@NullMarked
package io.slipway.contracts.cloudevents;

import org.jspecify.annotations.NullMarked;
