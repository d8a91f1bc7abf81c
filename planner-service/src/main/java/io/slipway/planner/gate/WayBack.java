package io.slipway.planner.gate;

import io.slipway.contracts.Derivation;
import java.util.List;

/**
 * What a rollback is made of, as far as gates ask for it.
 *
 * @param derived the undo scripts that nobody wrote
 * @param foreseen whether each script came with the plan of the run that it takes back, so that whoever let that go knew it
 */
public record WayBack(List<Derivation> derived, boolean foreseen) {
    /** Of scripts that people wrote, for someone who asked. */
    public static final WayBack ASKED = new WayBack(List.of(), false);

    public WayBack {
        derived = List.copyOf(derived);
    }
}
