package io.slipway.eventing.sample;

import io.slipway.contracts.Hold;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.RunHeld;
import java.util.UUID;

/** Facts for tests: a target of its own keeps each test apart. */
public final class Facts {
    private Facts() {}

    public static String newTarget() {
        return "t-" + UUID.randomUUID();
    }

    public static RunHeld held(String target, String detail) {
        return new RunHeld(RunId.random(), new TargetId(target), null, new Hold(Hold.Reason.TURN, detail, null, null));
    }
}
