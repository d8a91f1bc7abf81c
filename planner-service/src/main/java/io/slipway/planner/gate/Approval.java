package io.slipway.planner.gate;

import io.slipway.contracts.PlanDigest;
import java.time.Instant;

/** That someone accepted a plan. */
public record Approval(PlanDigest plan, String person, Instant at) {}
