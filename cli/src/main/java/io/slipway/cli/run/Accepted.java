package io.slipway.cli.run;

/** The planner's word that a request has become a run. */
record Accepted(String runId, String requestId, String target, String state) {
    /** How to look at the run later. */
    String howToLook() {
        return "The run goes on. Look with: slipway status --target " + target;
    }
}
