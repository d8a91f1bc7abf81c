/** Puts values in the place of Flyway's placeholders, as Flyway will when the script runs. No I/O, no Flyway. */
@NullMarked
package io.slipway.validator.placeholder;

import org.jspecify.annotations.NullMarked;
