/** The rules of the house for modules, packages and classes, held against the compiled code of every module. */
@NullMarked
package io.slipway.acceptance.structure;

import org.jspecify.annotations.NullMarked;
