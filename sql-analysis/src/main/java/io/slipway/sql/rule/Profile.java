package io.slipway.sql.rule;

import java.util.Locale;

/** Which rules look at a plan. Those of {@link #DEFAULT} do so in every profile. */
public enum Profile {
    /** What endangers a live database, and stays quiet on sound migrations. */
    DEFAULT,
    /** Also what can be sound, and what a careful team wants to see once more. */
    STRICT,
    /** Also what is a matter of design: names, types, keys. */
    ADVICE;

    public boolean includes(Rule rule) {
        return rule.profile() == DEFAULT || rule.profile() == this;
    }

    /** As the command line says it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
