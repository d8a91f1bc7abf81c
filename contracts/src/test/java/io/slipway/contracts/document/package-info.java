/** What people read, held against the code: the AsyncAPI document and the README. */
@NullMarked
package io.slipway.contracts.document;

import org.jspecify.annotations.NullMarked;
