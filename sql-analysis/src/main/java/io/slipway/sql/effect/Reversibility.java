package io.slipway.sql.effect;

/** Whether there is a way back from a statement or a plan; the later, the worse. */
public enum Reversibility {
    /** The opposite statement undoes it. */
    GREEN,
    /** It can be undone with something kept elsewhere: a definition, a value that was overwritten. */
    YELLOW,
    /** Rows are gone, or it is not known what happens: only a backup brings them back. */
    RED;

    public Reversibility orWorse(Reversibility other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
