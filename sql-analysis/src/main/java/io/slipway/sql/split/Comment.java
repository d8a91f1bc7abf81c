package io.slipway.sql.split;

import io.slipway.sql.source.Position;

/**
 * A comment outside of any statement.
 *
 * @param text with its {@code --} or its {@code /*}
 * @param lastLine 1-based line on which it ends
 * @param ownLine whether nothing but white space stands before it on its line
 */
public record Comment(String text, Position start, int lastLine, boolean ownLine) {}
