package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ACCESS_SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.PartitionBound;
import io.slipway.sql.ast.Partitioning;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableColumn;
import io.slipway.sql.effect.TableScan.Why;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Partitions that are attached and detached, and plain inheritance. */
final class PartitionEffects {
    private final Draft draft;

    PartitionEffects(Draft draft) {
        this.draft = draft;
    }

    void attach(Relation parent, TableAction.AttachPartition attach) {
        Relation partition = draft.catalog.relationOrUnknown(attach.partition());
        PartitionBound bound = attach.bound();
        draft.lock(partition, ACCESS_EXCLUSIVE);
        if (bound != null
                && !implied(parent, partition, bound)
                && partition.kind().hasStorage()) {
            // Where there is no other partition, every row belongs into the default one.
            boolean bounded = bound.kind() != PartitionBound.Kind.DEFAULT
                    || !draft.catalog.children(parent.name()).isEmpty();
            draft.scan(
                    partition.name(),
                    Why.PARTITION_BOUND,
                    bounded && parent.attachments().partitioning() != null);
        }
        defaultPartition(parent).ifPresent(other -> {
            draft.lock(other, ACCESS_EXCLUSIVE);
            draft.scan(other.name(), Why.PARTITION_BOUND, true);
        });
        for (var index : parent.indexes()) {
            boolean there = partition.indexes().stream()
                    .anyMatch(own ->
                            own.definition().columns().equals(index.definition().columns()));
            if (!there) {
                draft.build(
                        partition,
                        partition.name().local() + "_"
                                + String.join("_", index.definition().columns()) + "_idx",
                        IndexBuild.Kind.NEW,
                        false);
                draft.scan(partition.name(), Why.INDEX_BUILD, partition.complete());
            }
        }
    }

    Optional<Relation> defaultPartition(Relation parent) {
        return draft.catalog.children(parent.name()).stream()
                .filter(child -> {
                    PartitionBound bound = child.attachments().bound();
                    return bound != null && bound.kind() == PartitionBound.Kind.DEFAULT;
                })
                .findFirst();
    }

    /** Whether constraints say already that all rows belong there: a CHECK with the bounds, and NOT NULL. */
    private static boolean implied(Relation parent, Relation partition, PartitionBound bound) {
        Partitioning partitioning = parent.attachments().partitioning();
        if (partitioning == null || partitioning.columns().size() != 1 || bound.kind() != PartitionBound.Kind.RANGE) {
            return false;
        }
        String column = partitioning.columns().getFirst();
        boolean notNull = partition.column(column).map(TableColumn::notNull).orElse(false)
                || partition.constraints().stream().anyMatch(constraint -> says(constraint, column + "isnotnull"));
        String from = column + ">=" + bound.from().getFirst();
        String to = column + "<" + bound.to().getFirst();
        return notNull
                && partition.constraints().stream().anyMatch(constraint -> says(constraint, from))
                && partition.constraints().stream().anyMatch(constraint -> says(constraint, to));
    }

    /** Whether a valid CHECK has the condition among those that it joins with AND. */
    private static boolean says(Constraint constraint, String condition) {
        if (constraint.condition() == null || !constraint.validated()) {
            return false;
        }
        String text = constraint.condition().text().toLowerCase(Locale.ROOT);
        return !text.contains(" or ")
                && List.of(text.split("\\band\\b")).stream()
                        .map(part -> part.replaceAll("[\\s()\"]", ""))
                        .anyMatch(condition.replaceAll("[\\s()\"]", "")::equals);
    }

    void detach(Relation parent, TableAction.DetachPartition detach) {
        Relation partition = draft.catalog.relationOrUnknown(detach.partition());
        if (detach.concurrently()) {
            draft.outsideTransaction();
            if (defaultPartition(parent).isPresent()) {
                draft.fail("A partition cannot be detached concurrently while there is a default partition.");
            }
        }
        draft.lock(partition, ACCESS_EXCLUSIVE);
        if (!detach.concurrently()) {
            defaultPartition(parent).ifPresent(other -> draft.lock(other, ACCESS_EXCLUSIVE));
        }
        draft.client(
                ClientEffect.Kind.RELATION_GONE,
                partition.name(),
                "rows of " + parent.name().sql());
    }

    void inherit(Relation table, TableAction.Inherit inherit) {
        Relation parent = draft.catalog.relationOrUnknown(inherit.parent());
        if (!inherit.inherits()) {
            draft.lock(parent, ACCESS_SHARE);
            if (table.complete() && !table.attachments().inherits().contains(parent.name())) {
                draft.fail("%s is no parent of %s."
                        .formatted(parent.name().sql(), table.name().sql()));
            }
            return;
        }
        draft.lock(parent, SHARE_UPDATE_EXCLUSIVE);
        for (TableColumn column : parent.columns()) {
            if (table.complete() && table.column(column.name()).isEmpty()) {
                draft.fail("%s has no column %s.".formatted(table.name().sql(), column.name()));
            }
        }
    }
}
