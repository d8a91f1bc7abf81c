package io.slipway.planner.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.contracts.TargetId;
import io.slipway.planner.policy.PolicyInForce.Outcome;
import io.slipway.policy.BackupRule;
import io.slipway.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyInForceTest {
    private static final String ALWAYS = "version: 1\ntargets: { shop: { backup: always } }\n";
    private static final String NEVER = "version: 1\ntargets: { shop: { backup: never } }\n";
    private static final String BROKEN = "version: 1\ntargets: { shop: { backup: sometimes, windows: 5 } }\n";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("policy.yaml"), ALWAYS);
    }

    @Test
    void withoutAFileNothingIsDemanded() {
        // Given
        var policy = new PolicyInForce(Optional.empty(), new Targets(List.of()), NOW);

        // Then
        assertThat(backup(policy)).isEqualTo(BackupRule.UNSET);
        assertThat(policy.look(NOW)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void wrongFileStopsTheStartWithEveryProblemAtItsPlace() throws IOException {
        // Given
        Files.writeString(file, BROKEN);

        // Then
        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidPolicy.class)
                .hasMessageContainingAll(
                        "2 problem(s) in the policy file:",
                        file + ":2:28: 'backup' must be always or irreversible or never, but is 'sometimes'.",
                        file + ":2:48: 'windows' must be a list");
    }

    @Test
    void fileThatIsMissingOrNoTextStopsTheStart() throws IOException {
        // Given
        Path missing = folder.resolve("missing.yaml");
        Files.write(file, new byte[] {'v', (byte) 0xFF});

        // Then
        assertThatThrownBy(() -> new PolicyInForce(Optional.of(missing), new Targets(List.of()), NOW))
                .isInstanceOf(InvalidPolicy.class)
                .hasMessageContaining(missing + ":1:1: It cannot be read (");
        assertThatThrownBy(this::start).hasMessageContaining("It is not UTF-8");
    }

    @Test
    void newVersionCountsOnceTwoLooksInARowHaveFoundIt() throws IOException {
        // Given
        var policy = start();
        Files.writeString(file, "version: 1\n"); // half of it is written
        Outcome half = policy.look(NOW);
        Files.writeString(file, NEVER);

        // When
        Outcome first = policy.look(NOW);
        BackupRule between = backup(policy);
        Outcome second = policy.look(NOW.plusSeconds(5));

        // Then
        assertThat(List.of(half, first, second))
                .containsExactly(Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.RELOADED);
        assertThat(between).isEqualTo(BackupRule.ALWAYS);
        assertThat(backup(policy)).isEqualTo(BackupRule.NEVER);
        assertThat(policy.since()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void brokenVersionLeavesTheOneOfBeforeInForceAndSaysSoOnce() throws IOException {
        // Given
        var policy = start();
        Files.writeString(file, BROKEN);

        // When
        var outcomes = List.of(policy.look(NOW), policy.look(NOW), policy.look(NOW));

        // Then
        assertThat(outcomes).containsExactly(Outcome.UNCHANGED, Outcome.BROKEN, Outcome.UNCHANGED);
        assertThat(backup(policy)).isEqualTo(BackupRule.ALWAYS);
        assertThat(policy.problems()).hasSize(2);
    }

    @Test
    void brokenVersionIsOverWithAGoodOneOrTheOneInForce() throws IOException {
        // Given
        var policy = start();
        breakIt(policy);

        // When
        Files.writeString(file, ALWAYS);
        Outcome mended = policy.look(NOW);
        breakIt(policy);
        Files.writeString(file, NEVER);
        policy.look(NOW);
        Outcome reloaded = policy.look(NOW);

        // Then
        assertThat(List.of(mended, reloaded)).containsExactly(Outcome.MENDED, Outcome.RELOADED);
        assertThat(policy.problems()).isEmpty();
        assertThat(backup(policy)).isEqualTo(BackupRule.NEVER);
    }

    @Test
    void fileThatIsGoneLeavesThePolicyInForce() throws IOException {
        // Given
        var policy = start();
        Files.delete(file);

        // When
        policy.look(NOW);
        Outcome outcome = policy.look(NOW);

        // Then
        assertThat(outcome).isEqualTo(Outcome.BROKEN);
        assertThat(backup(policy)).isEqualTo(BackupRule.ALWAYS);
    }

    /** So Kubernetes replaces the files of a ConfigMap. */
    @Test
    void linkThatPointsElsewhereNowIsFollowed() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        var policy = new PolicyInForce(Optional.of(link), new Targets(List.of()), NOW);
        Path other = Files.writeString(folder.resolve("other.yaml"), NEVER);
        Path fresh = Files.createSymbolicLink(folder.resolve("fresh"), other);

        // When
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        policy.look(NOW);
        policy.look(NOW);

        // Then
        assertThat(backup(policy)).isEqualTo(BackupRule.NEVER);
    }

    private PolicyInForce start() {
        return new PolicyInForce(Optional.of(file), new Targets(List.of()), NOW);
    }

    private void breakIt(PolicyInForce policy) throws IOException {
        Files.writeString(file, BROKEN);
        policy.look(NOW);
        assertThat(policy.look(NOW)).isEqualTo(Outcome.BROKEN);
    }

    private static BackupRule backup(PolicyInForce policy) {
        return policy.of(new TargetId("shop")).backup();
    }
}
