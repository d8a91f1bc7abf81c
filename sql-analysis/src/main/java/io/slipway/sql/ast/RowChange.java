package io.slipway.sql.ast;

import java.util.List;

/**
 * An UPDATE or DELETE by its parts, for those who narrow down which rows it touches.
 *
 * @param table whose rows it changes
 * @param only whether it passes over the tables that inherit from it
 * @param reference what its expressions call the table: its alias, or else its name
 * @param assigned the columns that it sets
 * @param from where its WHERE condition begins in the text; where one could be put when it has none
 * @param to where the condition ends; the same as {@code from} when it has none
 * @param obstacles why rows cannot be left out of it without becoming another statement, in words
 */
public record RowChange(
        Name table, boolean only, String reference, List<String> assigned, int from, int to, List<String> obstacles) {
    public RowChange {
        assigned = List.copyOf(assigned);
        obstacles = List.copyOf(obstacles);
    }

    /** The statement, for those rows only of which this holds as well. */
    public String narrowed(String text, String condition) {
        String own = from == to ? " WHERE " : "(" + text.substring(from, to) + ") AND ";
        return text.substring(0, from) + own + "(" + condition + ")" + text.substring(to);
    }
}
