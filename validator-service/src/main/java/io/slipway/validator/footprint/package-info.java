/** What the scripts of a plan say about the objects that they touch. No I/O: whether these exist is not known here. */
@NullMarked
package io.slipway.validator.footprint;

import org.jspecify.annotations.NullMarked;
