/** The JSON Schemas are made from the records here and compared with the committed ones. */
@NullMarked
package io.slipway.contracts.schema;

import org.jspecify.annotations.NullMarked;
