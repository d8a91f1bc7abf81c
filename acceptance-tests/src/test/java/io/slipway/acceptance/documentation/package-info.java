/** What the documentation tells users to type is typed here. */
@NullMarked
package io.slipway.acceptance.documentation;

import org.jspecify.annotations.NullMarked;
