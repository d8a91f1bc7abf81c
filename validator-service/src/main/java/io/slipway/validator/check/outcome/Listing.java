package io.slipway.validator.check.outcome;

import java.util.List;
import java.util.stream.Collectors;

/** Names in a sentence: the first few, and how many more there are. An event must stay small. */
public final class Listing {
    private static final int SHOWN = 10;
    private static final int LONGEST = 64;

    private Listing() {}

    public static String of(List<String> items) {
        String shown = items.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return items.size() <= SHOWN ? shown : "%s and %d more".formatted(shown, items.size() - SHOWN);
    }

    /** What someone else has named, shortened: an application may call itself by a whole command line. */
    public static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
