package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.PartitionBound;
import io.slipway.sql.ast.Partitioning;
import io.slipway.sql.ast.Uses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hangs on a relation, and what it hangs on.
 *
 * @param partitionOf its parent
 * @param bound which of the parent's rows it takes
 * @param partitioning how it is cut itself
 * @param inherits parents of plain inheritance
 * @param reads of a view: what its query reads
 * @param ownedBy of a sequence: the table whose column it fills
 * @param replicaIdentity DEFAULT, FULL, NOTHING or INDEX
 */
public record Attachments(
        @Nullable Name partitionOf,
        @Nullable PartitionBound bound,
        @Nullable Partitioning partitioning,
        List<Name> inherits,
        Uses reads,
        @Nullable Name ownedBy,
        List<Trigger> triggers,
        List<Statistics> statistics,
        String replicaIdentity) {
    public static final Attachments NONE =
            new Attachments(null, null, null, List.of(), Uses.NOTHING, null, List.of(), List.of(), "DEFAULT");

    /** A trigger, and what it calls. */
    public record Trigger(String name, Name function) {}

    /** CREATE STATISTICS: what the planner knows of several columns together. */
    public record Statistics(@Nullable String name, List<String> columns) {
        public Statistics {
            columns = List.copyOf(columns);
        }
    }

    public Attachments {
        inherits = List.copyOf(inherits);
        triggers = List.copyOf(triggers);
        statistics = List.copyOf(statistics);
    }

    public Attachments withPartitionOf(@Nullable Name parent, @Nullable PartitionBound newBound) {
        return new Attachments(
                parent, newBound, partitioning, inherits, reads, ownedBy, triggers, statistics, replicaIdentity);
    }

    Attachments withParentRenamed(Name from, Name to) {
        return new Attachments(
                from.equals(partitionOf) ? to : partitionOf,
                bound,
                partitioning,
                inherits.stream().map(name -> name.equals(from) ? to : name).toList(),
                reads,
                ownedBy,
                triggers,
                statistics,
                replicaIdentity);
    }

    public Attachments withPartitioning(@Nullable Partitioning to) {
        return new Attachments(partitionOf, bound, to, inherits, reads, ownedBy, triggers, statistics, replicaIdentity);
    }

    public Attachments withInherits(List<Name> to) {
        return new Attachments(
                partitionOf, bound, partitioning, to, reads, ownedBy, triggers, statistics, replicaIdentity);
    }

    public Attachments withReads(Uses to) {
        return new Attachments(
                partitionOf, bound, partitioning, inherits, to, ownedBy, triggers, statistics, replicaIdentity);
    }

    public Attachments withOwnedBy(@Nullable Name to) {
        return new Attachments(
                partitionOf, bound, partitioning, inherits, reads, to, triggers, statistics, replicaIdentity);
    }

    public Attachments withTriggers(List<Trigger> to) {
        return new Attachments(
                partitionOf, bound, partitioning, inherits, reads, ownedBy, to, statistics, replicaIdentity);
    }

    public Attachments withStatistics(List<Statistics> to) {
        return new Attachments(
                partitionOf, bound, partitioning, inherits, reads, ownedBy, triggers, to, replicaIdentity);
    }

    public Attachments withReplicaIdentity(String to) {
        return new Attachments(partitionOf, bound, partitioning, inherits, reads, ownedBy, triggers, statistics, to);
    }
}
