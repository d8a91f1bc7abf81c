/** Whether the role that migrates may do what the plan does: on its tables, in its schemas, with its extensions. */
@NullMarked
package io.slipway.validator.check.privilege;

import org.jspecify.annotations.NullMarked;
