package io.slipway.planner.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Derivation;
import io.slipway.contracts.Finding;
import io.slipway.contracts.FindingIds;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TableLock;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.contracts.Verdict.Risk;
import io.slipway.contracts.event.RunReleased;
import io.slipway.policy.Policies;
import io.slipway.policy.TargetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePolicyTest {
    private static final PlanDigest PLAN = new PlanDigest("sha256:" + "a".repeat(64));
    private static final PlanDigest EARLIER = new PlanDigest("sha256:" + "b".repeat(64));

    /** A Monday noon in winter: the window of the tests opens at 22:00 in Berlin, which is 21:00 here. */
    private static final Instant NOON = Instant.parse("2026-01-12T12:00:00Z");

    private static final Instant NIGHT = Instant.parse("2026-01-12T21:30:00Z");

    private static final List<Derivation> DERIVED = List.of(new Derivation("V1__a.sql", List.of("the rows are lost")));

    private static final String NIGHTS = """
            windows:
              - {name: nights, rrule: "FREQ=DAILY", start: "2026-01-05T22:00", zone: Europe/Berlin, duration: 2h}
            """;
    private static final String APPROVAL = """
            approvals:
              - when: {risk: high}
                from: [dba]
                expires: 24h
            """;

    @Test
    void letsEverythingGoWithoutAPolicy() {
        // When
        Gate gate = GatePolicy.decide(run(), Policies.none().of("shop", "production", Map.of()), NOON);

        // Then
        assertThat(gate).isEqualTo(new Gate.Open(List.of(), List.of(), null));
    }

    @Test
    void holdsOutsideOfTheWindowUntilItOpens() {
        // When
        Gate gate = GatePolicy.decide(run(), policy(NIGHTS), NOON);

        // Then
        assertThat(hold(gate).reason()).isEqualTo(Hold.Reason.WINDOW);
        assertThat(hold(gate).until()).isEqualTo(Instant.parse("2026-01-12T21:00:00Z"));
        assertThat(hold(gate).detail()).contains("nights");
    }

    @Test
    void opensWithinTheWindow() {
        // When
        Gate gate = GatePolicy.decide(run(), policy(NIGHTS), NIGHT);

        // Then
        assertThat(gate).isInstanceOf(Gate.Open.class);
    }

    @Test
    void waitsForTheNextWindowWhenItWouldNotFinishInThisOne() {
        // Given
        Candidate long90 = new Candidate(
                Plan.Kind.MIGRATION,
                PLAN,
                verdict(Risk.LOW),
                "ada",
                false,
                Duration.ofMinutes(100),
                WayBack.ASKED,
                List.of());

        // When
        Gate gate = GatePolicy.decide(long90, policy(NIGHTS), NIGHT);

        // Then
        assertThat(hold(gate).until()).isEqualTo(Instant.parse("2026-01-13T21:00:00Z"));
    }

    @Test
    void forcePassesOverAWindowAndSaysSo() {
        // When
        Gate gate = GatePolicy.decide(forced(verdict(Risk.LOW)), policy(NIGHTS), NOON);

        // Then
        assertThat(((Gate.Open) gate).skipped()).containsExactly("window");
    }

    @Test
    void holdsForAnApprovalBeforeItLooksAtTheWindow() {
        // When
        Gate gate = GatePolicy.decide(run(Risk.HIGH), policy(APPROVAL + NIGHTS), NOON);

        // Then
        assertThat(hold(gate).reason()).isEqualTo(Hold.Reason.APPROVAL);
        assertThat(hold(gate).roles()).containsExactly("dba");
        assertThat(hold(gate).detail()).contains(PLAN.value()).contains("'dba'");
    }

    @Test
    void forceDoesNotPassOverAnApproval() {
        // When
        Gate gate = GatePolicy.decide(forced(verdict(Risk.CRITICAL)), policy(APPROVAL), NOON);

        // Then
        assertThat(hold(gate).reason()).isEqualTo(Hold.Reason.APPROVAL);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    counts                                  | berta | 0  | true
                    counts until it expires                 | berta | 23 | true
                    does not count after it has expired     | berta | 25 | false
                    does not count from one without a role  | zoe   | 0  | false
                    does not count from whoever asked       | ada   | 0  | false
                    does not count from whoever asked, in other letters | ADA | 0 | false
                    """)
    void anApproval(String what, String person, int hoursAgo, boolean counts) {
        // Given
        Approval approval = new Approval(PLAN, person, NOON.minus(Duration.ofHours(hoursAgo)));

        // When
        Gate gate = GatePolicy.decide(run(Risk.HIGH, approval), policy(APPROVAL), NOON);

        // Then
        assertThat(gate instanceof Gate.Open).as(what).isEqualTo(counts);
    }

    @Test
    void anApprovalOfAnEarlierPlanDoesNotCount() {
        // When
        Gate gate = GatePolicy.decide(run(Risk.HIGH, new Approval(EARLIER, "berta", NOON)), policy(APPROVAL), NOON);

        // Then
        assertThat(gate).isInstanceOf(Gate.Shut.class);
    }

    @Test
    void countsDifferentPeople() {
        // Given
        TargetPolicy two = policy("""
                approvals:
                  - {when: {risk: low}, from: [dba], count: 2}
                """);
        Approval berta = new Approval(PLAN, "berta", NOON);
        Approval carl = new Approval(PLAN, "carl", NOON);

        // When
        Gate once = GatePolicy.decide(run(Risk.LOW, berta, berta), two, NOON);
        Gate both = GatePolicy.decide(run(Risk.LOW, berta, carl), two, NOON);

        // Then
        assertThat(hold(once).detail()).contains("an approval of 'dba', beside that of berta");
        assertThat(((Gate.Open) both).approvedBy()).containsExactly("berta", "carl");
    }

    @Test
    void asksForAnApprovalWhereARuleFindsSomething() {
        // Given
        TargetPolicy policy = policy("""
                approvals:
                  - {when: {rules: [drop-table]}, from: [dba]}
                """);

        // When
        Gate found = GatePolicy.decide(run(verdict(finding("drop-table"))), policy, NOON);
        Gate other = GatePolicy.decide(run(verdict(finding("drop-column"))), policy, NOON);

        // Then
        assertThat(found).isInstanceOf(Gate.Shut.class);
        assertThat(other).isInstanceOf(Gate.Open.class);
    }

    @Test
    void refusesWhatABlockedRuleFindsEvenByForce() {
        // When
        Gate gate = GatePolicy.decide(
                forced(verdict(finding("drop-table"))), policy("blocked-rules: [drop-table]\n"), NOON);

        // Then
        assertThat(refusal(gate)).isEqualTo("RULE_BLOCKED");
    }

    @Test
    void aCommentInTheScriptDoesNotWaiveABlockedRuleOrAnApproval() {
        // Given
        Verdict silenced = verdict(
                new Finding("drop-table", Finding.Severity.INFO, "V1__a.sql", 1, 1, "Suppressed (so): so", null, null));
        TargetPolicy approved = policy("""
                approvals:
                  - {when: {rules: [drop-table]}, from: [dba]}
                """);

        // When
        Gate blocked = GatePolicy.decide(run(silenced), policy("blocked-rules: [drop-table]\n"), NOON);
        Gate held = GatePolicy.decide(run(silenced), approved, NOON);

        // Then
        assertThat(refusal(blocked)).isEqualTo("RULE_BLOCKED");
        assertThat(held).isInstanceOf(Gate.Shut.class);
    }

    @Test
    void whatAVerdictLeavesOutMayBeWhatPolicyMeans() {
        // Given
        Verdict cut = verdict(finding(FindingIds.FINDINGS_LEFT_OUT));
        TargetPolicy approved = policy("""
                approvals:
                  - {when: {rules: [drop-table]}, from: [dba]}
                """);

        // When
        Gate blocked = GatePolicy.decide(run(cut), policy("blocked-rules: [drop-table]\n"), NOON);
        Gate held = GatePolicy.decide(run(cut), approved, NOON);
        Gate free = GatePolicy.decide(run(cut), policy("backup: always\n"), NOON);

        // Then
        assertThat(((Gate.Refused) blocked).failure().message()).contains("left out");
        assertThat(held).isInstanceOf(Gate.Shut.class);
        assertThat(free).isInstanceOf(Gate.Open.class);
    }

    @Test
    void refusesWhatBlocksATableForTooLong() {
        // Given
        TableLock lock = new TableLock(
                "public.item",
                "ACCESS EXCLUSIVE",
                "reads and writes",
                "V2__a.sql",
                3,
                true,
                true,
                Duration.ofSeconds(9));
        Verdict verdict =
                new Verdict(List.of(), List.of(), Risk.LOW, null, Reversibility.GREEN, 1, 0, List.of(lock), null);

        // When
        Gate over = GatePolicy.decide(run(verdict), policy("limits: {blocked-time: 5s}\n"), NOON);
        Gate under = GatePolicy.decide(run(verdict), policy("limits: {blocked-time: 10s}\n"), NOON);

        // Then
        assertThat(refusal(over)).isEqualTo("BLOCKED_TOO_LONG");
        assertThat(under).isInstanceOf(Gate.Open.class);
    }

    @Test
    void refusesMoreStatementsThanAllowed() {
        // When
        Gate gate = GatePolicy.decide(
                run(new Verdict(List.of(), List.of(), Risk.LOW, null, Reversibility.GREEN, 11, 0, List.of(), null)),
                policy("limits: {statements: 10}\n"),
                NOON);

        // Then
        assertThat(refusal(gate)).isEqualTo("TOO_MANY_STATEMENTS");
    }

    @Test
    void refusesWithoutARequiredCheckUnlessForced() {
        // Given
        Verdict lagging = new Verdict(
                List.of(),
                List.of(new PreMigrationCheck("replication-lag", false, false, "41 s behind")),
                Risk.LOW,
                null,
                Reversibility.GREEN,
                1,
                0,
                List.of(),
                null);
        TargetPolicy policy = policy("required-checks: [replication-lag]\n");

        // When
        Gate plain = GatePolicy.decide(run(lagging), policy, NOON);
        Gate unmade = GatePolicy.decide(run(verdict(Risk.LOW)), policy, NOON);
        Gate forced = GatePolicy.decide(forced(lagging), policy, NOON);

        // Then
        assertThat(((Gate.Refused) plain).failure().message()).contains("41 s behind");
        assertThat(refusal(unmade)).isEqualTo("CHECK_REQUIRED");
        assertThat(((Gate.Open) forced).skipped()).containsExactly("check:replication-lag");
    }

    @ParameterizedTest(name = "backup {0}, {1}: {2}")
    @CsvSource({
        "always, GREEN, REQUIRED",
        "irreversible, GREEN, LEFT_OUT",
        "irreversible, RED, REQUIRED",
        "never, YELLOW, LEFT_OUT",
        "never, RED, REQUIRED"
    })
    void whatCannotBeUndoneIsBackedUp(String rule, Reversibility reversibility, RunReleased.Backup expected) {
        // Given
        Verdict verdict = new Verdict(List.of(), List.of(), Risk.LOW, null, reversibility, 1, 0, List.of(), null);

        // When
        Gate gate = GatePolicy.decide(forced(verdict), policy("backup: " + rule + "\n"), NOON);

        // Then
        assertThat(((Gate.Open) gate).backup()).isEqualTo(expected);
    }

    @Test
    void holdsUndoScriptsThatNobodyWroteUntilSomeoneElseHasApprovedWhatTheyLose() {
        // Given
        TargetPolicy nothingSaid = Policies.none().of("shop", "production", Map.of());
        TargetPolicy roles = policy(APPROVAL);

        // When
        Gate unapproved = GatePolicy.decide(rollback(DERIVED, false), nothingSaid, NOON);
        Gate own = GatePolicy.decide(rollback(DERIVED, false, new Approval(PLAN, "ada", NOON)), nothingSaid, NOON);
        Gate anyone = GatePolicy.decide(rollback(DERIVED, false, new Approval(PLAN, "zoe", NOON)), nothingSaid, NOON);
        Gate stranger = GatePolicy.decide(rollback(DERIVED, false, new Approval(PLAN, "zoe", NOON)), roles, NOON);
        Gate dba = GatePolicy.decide(rollback(DERIVED, false, new Approval(PLAN, "berta", NOON)), roles, NOON);

        // Then
        assertThat(hold(unapproved).reason()).isEqualTo(Hold.Reason.APPROVAL);
        assertThat(hold(unapproved).detail()).contains("V1__a.sql").contains("the rows are lost");
        assertThat(own).isInstanceOf(Gate.Shut.class);
        assertThat(((Gate.Open) anyone).approvedBy()).containsExactly("zoe");
        assertThat(hold(stranger).roles()).containsExactly("dba");
        assertThat(((Gate.Open) dba).approvedBy()).containsExactly("berta");
    }

    @Test
    void undoScriptsThatNobodyWroteGoWherePolicyAllowsThemAndNeverWhereItRefusesThem() {
        // When
        Gate allowed = GatePolicy.decide(rollback(DERIVED, false), policy("derived-undo: allow\n"), NOON);
        Gate refused = GatePolicy.decide(rollback(DERIVED, false), policy("derived-undo: refuse\n"), NOON);

        // Then
        assertThat(allowed).isInstanceOf(Gate.Open.class);
        assertThat(refusal(refused)).isEqualTo("DERIVED_UNDO_REFUSED");
    }

    @Test
    void aForeseenRollbackWaitsForNobodyAndSaysWhatItPassedOver() {
        // Given
        TargetPolicy policy = policy("approvals:\n  - {from: [dba]}\n" + NIGHTS);

        // When
        Gate foreseen = GatePolicy.decide(rollback(List.of(), true), policy, NOON);
        Gate asked = GatePolicy.decide(rollback(List.of(), false), policy, NOON);
        Gate blocked = GatePolicy.decide(
                new Candidate(
                        Plan.Kind.ROLLBACK,
                        PLAN,
                        verdict(finding("drop-table")),
                        "ada",
                        false,
                        null,
                        new WayBack(List.of(), true),
                        List.of()),
                policy("blocked-rules: [drop-table]\n"),
                NOON);

        // Then
        assertThat(((Gate.Open) foreseen).skipped()).containsExactly("approval", "window");
        assertThat(asked).isInstanceOf(Gate.Shut.class);
        assertThat(refusal(blocked)).isEqualTo("RULE_BLOCKED");
    }

    private static Candidate rollback(List<Derivation> derived, boolean foreseen, Approval... approvals) {
        return new Candidate(
                Plan.Kind.ROLLBACK,
                PLAN,
                verdict(Risk.LOW),
                "ada",
                false,
                null,
                new WayBack(derived, foreseen),
                List.of(approvals));
    }

    private static TargetPolicy policy(String defaults) {
        String yaml = "version: 1\nroles:\n  dba: [ada, berta, carl]\ndefaults:\n" + defaults.indent(2);
        return switch (Policies.read(yaml)) {
            case Policies.Read.Good good -> good.policies().of("shop", "production", Map.of());
            case Policies.Read.Bad bad -> throw new AssertionError(bad.problems() + " in\n" + yaml);
        };
    }

    private static Candidate run() {
        return run(Risk.LOW);
    }

    private static Candidate run(Risk risk, Approval... approvals) {
        return new Candidate(
                Plan.Kind.MIGRATION, PLAN, verdict(risk), "ada", false, null, WayBack.ASKED, List.of(approvals));
    }

    private static Candidate run(Verdict verdict) {
        return new Candidate(Plan.Kind.MIGRATION, PLAN, verdict, "ada", false, null, WayBack.ASKED, List.of());
    }

    private static Candidate forced(Verdict verdict) {
        return new Candidate(Plan.Kind.MIGRATION, PLAN, verdict, "ada", true, null, WayBack.ASKED, List.of());
    }

    private static Verdict verdict(Risk risk) {
        return new Verdict(List.of(), List.of(), risk, null, Reversibility.GREEN, 1, 0, List.of(), null);
    }

    private static Verdict verdict(Finding finding) {
        return new Verdict(List.of(finding), List.of(), Risk.HIGH, null, Reversibility.GREEN, 1, 0, List.of(), null);
    }

    private static Finding finding(String rule) {
        return new Finding(rule, Finding.Severity.WARNING, "V1__a.sql", 1, 1, "so", null, null);
    }

    private static Hold hold(Gate gate) {
        assertThat(gate).isInstanceOf(Gate.Shut.class);
        return ((Gate.Shut) gate).hold();
    }

    private static String refusal(Gate gate) {
        assertThat(gate).isInstanceOf(Gate.Refused.class);
        return ((Gate.Refused) gate).failure().code();
    }
}
