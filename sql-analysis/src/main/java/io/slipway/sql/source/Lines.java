package io.slipway.sql.source;

import java.util.Arrays;

/** The line starts of one text: turns offsets into positions, in logarithmic time each. */
public final class Lines {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final int[] starts;
    private final int count;
    private final boolean marked;

    private Lines(int[] starts, int count, boolean marked) {
        this.starts = starts;
        this.count = count;
        this.marked = marked;
    }

    public static Lines of(String text) {
        int[] starts = new int[Math.max(16, text.length() / 32)];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new Lines(starts, count, !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK);
    }

    /** The position of an offset within the text, or right behind its end. */
    public Position at(int offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        int line = found >= 0 ? found : -found - 2;
        int column = offset - starts[line] + 1;
        boolean behindMark = marked && line == 0 && offset > 0;
        return new Position(offset, line + 1, behindMark ? column - 1 : column);
    }

    public Span span(int from, int to) {
        return new Span(at(from), to - from);
    }
}
