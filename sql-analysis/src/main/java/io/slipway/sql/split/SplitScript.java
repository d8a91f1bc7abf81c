package io.slipway.sql.split;

import io.slipway.sql.source.Lines;
import java.util.List;

/**
 * A script in pieces, both lists in the order of the script.
 *
 * @param comments those outside of statements only
 */
public record SplitScript(List<Fragment> fragments, List<Comment> comments, Lines lines) {
    public SplitScript {
        fragments = List.copyOf(fragments);
        comments = List.copyOf(comments);
    }
}
