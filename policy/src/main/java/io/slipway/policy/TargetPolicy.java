package io.slipway.policy;

import java.util.List;

/**
 * What the policy says for one target.
 *
 * @param requiredChecks names of checks on the target that must pass
 * @param blockedRules ids of rules; a finding of any of them refuses the run, whatever its severity
 * @param group whether all scripts of a migration share one transaction
 */
public record TargetPolicy(
        List<String> requiredChecks,
        BackupRule backup,
        Windows windows,
        List<ApprovalRule> approvals,
        RollbackRule rollback,
        List<String> blockedRules,
        Limits limits,
        ScriptPermission scripts,
        boolean group) {
    public TargetPolicy {
        requiredChecks = List.copyOf(requiredChecks);
        approvals = List.copyOf(approvals);
        blockedRules = List.copyOf(blockedRules);
    }
}
