package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Uses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The relations of a catalogue by their full names, and what leads from one to another. */
final class Relations {
    private final Journal.Entries<Name, Relation> all;
    private final Journal.Entries<Name, Name> tableOfIndex;

    /** From children and partitions to their parents. */
    private final Journal.Links<Name> children;

    /** By foreign keys. */
    private final Journal.Links<Name> references;

    /** From views to what they read. */
    private final Journal.Links<Name> reads;

    Relations(Journal journal) {
        all = journal.new Entries<>();
        tableOfIndex = journal.new Entries<>();
        children = journal.new Links<>();
        references = journal.new Links<>();
        reads = journal.new Links<>();
    }

    @Nullable
    Relation get(Name name) {
        return all.get(name);
    }

    /** The name of the index's table. */
    @Nullable
    Name tableOf(Name index) {
        return tableOfIndex.get(index);
    }

    List<Relation> list() {
        return List.copyOf(all.view().values());
    }

    /** In the order of their names. */
    List<Relation> where(Predicate<Relation> condition) {
        List<Relation> found = new ArrayList<>();
        for (Relation relation : all.view().values()) {
            if (condition.test(relation)) {
                found.add(relation);
            }
        }
        return sorted(found);
    }

    private static List<Relation> sorted(List<Relation> relations) {
        return relations.stream()
                .sorted(Comparator.comparing(relation -> relation.name().sql()))
                .toList();
    }

    List<Relation> children(Name parent) {
        return known(children.to(parent));
    }

    List<Relation> referencing(Name table) {
        return sorted(known(references.to(table)).stream()
                .filter(relation -> !relation.name().equals(table))
                .toList());
    }

    List<Relation> viewsOn(Name relation) {
        return sorted(known(reads.to(relation)));
    }

    private List<Relation> known(Collection<Name> names) {
        List<Relation> found = new ArrayList<>();
        for (Name name : names) {
            Relation relation = all.get(name);
            if (relation != null) {
                found.add(relation);
            }
        }
        return found;
    }

    void put(Relation relation) {
        relink(all.get(relation.name()), relation, relation.name());
        all.put(relation.name(), relation);
        relation.indexes().forEach(index -> tableOfIndex.put(relation.name().sibling(index.name()), relation.name()));
    }

    void remove(Relation relation) {
        relink(all.get(relation.name()), null, relation.name());
        all.remove(relation.name());
        relation.indexes().forEach(index -> tableOfIndex.remove(relation.name().sibling(index.name())));
    }

    private void relink(@Nullable Relation before, @Nullable Relation after, Name name) {
        children.change(name, parents(before), parents(after));
        references.change(name, referenced(before), referenced(after));
        reads.change(name, read(before), read(after));
    }

    private static List<Name> parents(@Nullable Relation relation) {
        if (relation == null) {
            return List.of();
        }
        Name parent = relation.attachments().partitionOf();
        return parent == null ? relation.attachments().inherits() : List.of(parent);
    }

    private static List<Name> referenced(@Nullable Relation relation) {
        List<Name> tables = new ArrayList<>();
        for (Constraint constraint : relation == null ? List.<Constraint>of() : relation.constraints()) {
            if (constraint.references() != null) {
                tables.add(constraint.references());
            }
        }
        return tables;
    }

    private static List<Name> read(@Nullable Relation relation) {
        return relation == null ? List.of() : relation.attachments().reads().relations();
    }

    /**
     * Replaces the relation by what it has become; under another name, its children, the foreign keys that point to it
     * and the views on it follow.
     */
    void replace(Relation before, Relation after) {
        if (before.equals(after)) {
            return;
        }
        remove(before);
        put(after);
        Name from = before.name();
        Name to = after.name();
        if (from.equals(to)) {
            return;
        }
        for (Relation child : children(from)) {
            put(child.withAttachments(child.attachments().withParentRenamed(from, to)));
        }
        for (Relation other : referencing(from)) {
            put(other.withConstraints(other.constraints().stream()
                    .map(constraint -> pointedTo(constraint, from, to))
                    .toList()));
        }
        for (Relation view : viewsOn(from)) {
            put(view.withAttachments(
                    view.attachments().withReads(renamed(view.attachments().reads(), from, to))));
        }
    }

    private static Uses renamed(Uses uses, Name from, Name to) {
        return uses.withRelations(uses.relations().stream()
                .map(name -> name.equals(from) ? to : name)
                .toList());
    }

    static Constraint pointedTo(Constraint constraint, Name from, Name to) {
        var key = constraint.foreignKey();
        return key == null || !key.table().equals(from)
                ? constraint
                : new Constraint(
                        constraint.name(),
                        constraint.kind(),
                        constraint.columns(),
                        constraint.condition(),
                        constraint.validated(),
                        constraint.enforced(),
                        constraint.noInherit(),
                        constraint.deferrable(),
                        new Constraint.ForeignKey(to, key.columns(), key.onDelete(), key.onUpdate()),
                        constraint.usingIndex());
    }
}
