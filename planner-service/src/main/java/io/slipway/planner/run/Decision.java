package io.slipway.planner.run;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.event.RunFact;
import java.util.List;

/** What follows from a signal. */
sealed interface Decision {
    /**
     * @param facts to be published, in order
     */
    static Decision advanced(Run next, Work work, RunFact... facts) {
        return new Advanced(next, List.of(facts), work);
    }

    /** Late or repeated, as Kafka delivers twice and a revived task speaks after its time. */
    static Decision unexpected(Run run, Signal signal) {
        return saysNothing(signal, run);
    }

    /** Of the plan that the run has, it is late; of another one, someone should look. */
    static Decision ignored(Run run, PlanDigest expected, RunFact fact) {
        PlanDigest named = Facts.planOf(fact);
        return named != null && !named.equals(expected)
                ? new Ignored("It names plan %s, but the run's plan is %s.".formatted(named, expected), true)
                : saysNothing(fact, run);
    }

    private static Ignored saysNothing(Object what, Run run) {
        return new Ignored(
                "%s says nothing to a run that is %s."
                        .formatted(
                                what.getClass().getSimpleName(), run.getClass().getSimpleName()),
                false);
    }

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
