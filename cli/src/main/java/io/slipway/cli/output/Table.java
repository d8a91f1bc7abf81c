package io.slipway.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns as wide as their widest cell, two spaces apart. */
public final class Table {
    private static final int MAX_CELL = 60;

    private final Style style;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Style style, String... header) {
        this.style = style;
        this.header = List.of(header);
    }

    public void row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::cell).toList());
    }

    public List<String> lines() {
        int[] widths = IntStream.range(0, header.size())
                .map(column -> Math.max(
                        header.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(header, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> column == cells.size() - 1
                        ? cells.get(column)
                        : cells.get(column)
                                + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String cell(String text) {
        String line = Style.printable(text.replace('\n', ' '));
        return line.length() <= MAX_CELL ? line : line.substring(0, MAX_CELL - 1) + "…";
    }
}
