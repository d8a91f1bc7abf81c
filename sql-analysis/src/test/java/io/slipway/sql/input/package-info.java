/** What a script file may hold, from bad to absurd: no text makes the way from the splitter to the effects fail, hang or point elsewhere. */
@NullMarked
package io.slipway.sql.input;

import org.jspecify.annotations.NullMarked;
