/**
 * What was found, written down for people and for tools: one class for each format. Nothing here decides anything, and
 * nothing is written anywhere: a format is a text made of a {@link io.slipway.sql.report.Report}.
 */
@NullMarked
package io.slipway.sql.report;

import org.jspecify.annotations.NullMarked;
