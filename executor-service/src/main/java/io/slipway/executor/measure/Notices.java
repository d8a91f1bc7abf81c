package io.slipway.executor.measure;

import java.util.ArrayList;
import java.util.List;

/** What the server said while a script ran, within bounds. */
final class Notices {
    private static final int MOST = 20;
    private static final int LONGEST = 500;

    private final List<String> kept = new ArrayList<>();
    private int leftOut;

    void add(String notice) {
        if (kept.size() == MOST) {
            leftOut++;
        } else {
            kept.add(notice.length() <= LONGEST ? notice : notice.substring(0, LONGEST - 1) + "…");
        }
    }

    List<String> kept() {
        return List.copyOf(kept);
    }

    int leftOut() {
        return leftOut;
    }
}
