package io.slipway.contracts;

import java.util.List;

/**
 * Where an undo script comes from that nobody wrote: a rehearsal made it from the difference between two schemas, and proved it
 * on a copy.
 *
 * @param script the migration that it takes back
 * @param losses what it cannot bring back, takes with it, or fails on, in sentences; bounded in number
 */
public record Derivation(String script, List<String> losses) {
    public Derivation {
        Required.present("derived.script", script);
        losses = Required.list("derived.losses", losses);
    }
}
