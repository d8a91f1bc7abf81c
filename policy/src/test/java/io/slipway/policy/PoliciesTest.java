package io.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.policy.RollbackRule.DerivedUndo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private static final Policies POLICIES = PolicyFixture.good(PolicyFixture.GOOD);

    @Test
    void readsEveryKeyOfTheFile() {
        // When
        TargetPolicy policy = POLICIES.of("crm", "Production", Map.of());

        // Then
        assertThat(policy.requiredChecks()).containsExactly("long-transactions", "replication-lag");
        assertThat(policy.backup()).isEqualTo(BackupRule.ALWAYS);
        assertThat(policy.blockedRules()).containsExactly("drop-table");
        assertThat(policy.rollback()).isEqualTo(new RollbackRule(DerivedUndo.APPROVE, true));
        assertThat(policy.limits()).isEqualTo(new Limits(Duration.ofSeconds(5), 2000, 50));
        assertThat(policy.scripts()).isEqualTo(new ScriptPermission(true, List.of("https://git.example.org/shop/*")));
        assertThat(policy.group()).isFalse();
        assertThat(policy.approvals())
                .containsExactly(
                        new ApprovalRule(
                                new Condition(Level.HIGH, List.of(), true),
                                List.of("dba"),
                                2,
                                Duration.ofHours(8),
                                12,
                                Set.of("berta", "carl")),
                        new ApprovalRule(
                                new Condition(null, List.of("drop-table", "drop-column"), false),
                                List.of("dba", "lead"),
                                1,
                                Duration.ofHours(24),
                                16,
                                Set.of("berta", "carl", "dora")));
    }

    @Test
    void withoutAFileNothingIsDemanded() {
        assertThat(Policies.none().of("shop", "production", Map.of()))
                .usingRecursiveComparison()
                .isEqualTo(new TargetPolicy(
                        List.of(),
                        BackupRule.UNSET,
                        Windows.always(),
                        List.of(),
                        new RollbackRule(DerivedUndo.APPROVE, false),
                        List.of(),
                        new Limits(null, null, null),
                        new ScriptPermission(false, List.of()),
                        false));
    }

    @Test
    void narrowerLevelsReplaceWiderOnesKeyByKeyAndLabelsCountInTheOrderOfTheFile() {
        // Given
        var both = Map.of("team", "payments", "tier", "gold");

        // Then
        assertThat(POLICIES.of("crm", "production", Map.of("team", "payments")).backup())
                .isEqualTo(BackupRule.IRREVERSIBLE);
        assertThat(POLICIES.of("crm", "production", Map.of("team", "other")).backup())
                .isEqualTo(BackupRule.ALWAYS);
        assertThat(POLICIES.of("crm", "production", both).backup()).isEqualTo(BackupRule.NEVER);
        assertThat(POLICIES.of("shop-production", "production", both).limits())
                .isEqualTo(new Limits(Duration.ofSeconds(5), 10, 50));
        assertThat(POLICIES.of("crm", "staging", Map.of()).requiredChecks()).isEmpty();
    }

    @Test
    void explanationNamesValueLevelAndLine() {
        // When
        var explained = POLICIES.explain("shop-production", "production", Map.of("team", "payments"));

        // Then
        assertThat(explained)
                .containsExactly(
                        new Explained(
                                "required-checks", "long-transactions, replication-lag", "environments.production", 10),
                        new Explained("backup", "irreversible", "labels.team=payments", 35),
                        new Explained("windows", "none", "targets.shop-production", 45),
                        new Explained(
                                "freezes",
                                "2026-12-18 00:00 +01:00 to 2027-01-04 00:00 +01:00 (Christmas trade)",
                                "environments.production",
                                25),
                        new Explained(
                                "freezes",
                                "2026-06-30 00:00 Z to 2026-07-02 00:00 Z (half-year accounts)",
                                "labels.team=payments",
                                37),
                        new Explained(
                                "approvals", "2 of dba, for 8h, on risk from high", "environments.production", 12),
                        new Explained(
                                "approvals",
                                "1 of dba or lead, for 1d, on any of drop-table, drop-column, not for rollbacks",
                                "environments.production",
                                16),
                        new Explained("derived-undo", "allow", "targets.shop-production", 47),
                        new Explained("rollback-on-failure", "true", "environments.production", 32),
                        new Explained("blocked-rules", "drop-table", "environments.production", 29),
                        new Explained("limits.blocked-time", "5s", "environments.production", 30),
                        new Explained("limits.statements", "10", "targets.shop-production", 46),
                        new Explained("limits.queued-runs", "50", "defaults", 7),
                        new Explained("scripts.git-only", "true", "environments.production", 31),
                        new Explained(
                                "scripts.repositories",
                                "https://git.example.org/shop/*",
                                "environments.production",
                                31),
                        new Explained("group", "true", "targets.shop-production", 48));
    }

    @Test
    void namesOfRulesAndChecksAreKeptWithTheirPlaces() {
        assertThat(POLICIES.rules())
                .containsExactlyInAnyOrder(
                        new Mention("drop-table", 16, 25),
                        new Mention("drop-column", 16, 37),
                        new Mention("drop-table", 29, 21));
        assertThat(POLICIES.checks())
                .containsExactly(new Mention("long-transactions", 10, 23), new Mention("replication-lag", 10, 42));
    }

    @Test
    void conditionAsksForRiskAndRulesAndWhetherRollbacksAreMeant() {
        // Given
        var risky = new Condition(Level.HIGH, List.of(), true);
        var drops = new Condition(Level.LOW, List.of("drop-table", "drop-column"), false);

        // Then
        assertThat(risky.matches(Level.CRITICAL, Set.of(), true)).isTrue();
        assertThat(risky.matches(Level.HIGH, Set.of(), false)).isTrue();
        assertThat(risky.matches(Level.MEDIUM, Set.of(), false)).isFalse();
        assertThat(drops.matches(Level.LOW, Set.of("drop-column", "other"), false))
                .isTrue();
        assertThat(drops.matches(Level.LOW, Set.of("drop-column"), true)).isFalse();
        assertThat(drops.matches(Level.CRITICAL, Set.of("other"), false)).isFalse();
        assertThat(new Condition(null, List.of(), true).matches(Level.LOW, Set.of(), true))
                .isTrue();
    }
}
