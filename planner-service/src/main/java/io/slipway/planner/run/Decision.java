package io.slipway.planner.run;

import io.slipway.contracts.event.RunFact;
import java.util.List;

/** What follows from a signal. */
sealed interface Decision {
    /**
     * Nothing: it is late, repeated, or about something else.
     *
     * @param suspicious whether someone should look, as for a verdict on another plan
     */
    record Ignored(String why, boolean suspicious) implements Decision {}

    /**
     * @param facts to be published, in order
     */
    record Advanced(Run next, List<RunFact> facts, Work work) implements Decision {
        public Advanced {
            facts = List.copyOf(facts);
        }
    }

    /** What has to be done outside a transaction. */
    enum Work {
        NONE,
        PLAN,
        CLEAR
    }
}
