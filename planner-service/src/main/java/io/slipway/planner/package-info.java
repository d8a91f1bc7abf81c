/** What the planner's packages share: its configuration, and nothing else. */
@NullMarked
package io.slipway.planner;

import org.jspecify.annotations.NullMarked;
