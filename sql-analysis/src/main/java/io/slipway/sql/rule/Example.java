package io.slipway.sql.rule;

/**
 * A case that shows what a rule reports or leaves alone.
 *
 * @param sql a script; or several, each below a line such as {@code -- >> V2__name.sql}. Below {@code -- >> before} stands
 *     what the database holds already, below {@code -- >> V2__name.sql.conf} a script's own settings
 */
public record Example(Kind kind, String sql) {

    /** What the rule has to say about it. */
    public enum Kind {
        BAD,
        GOOD
    }
}
