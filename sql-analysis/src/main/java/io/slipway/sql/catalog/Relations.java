package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Uses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The relations of a catalogue by their full names, and what leads from one to another. */
final class Relations {
    private final Journal.Entries<Name, Relation> all;
    private final Journal.Entries<Name, Name> tableOfIndex;

    /** Partitions and children by parent, so that an ALTER TABLE need not go through all tables. */
    private final Journal.Entries<Name, Set<Name>> children;

    Relations(Journal journal) {
        all = journal.new Entries<>();
        tableOfIndex = journal.new Entries<>();
        children = journal.new Entries<>();
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
        found.sort(Comparator.comparing(relation -> relation.name().sql()));
        return found;
    }

    List<Relation> children(Name parent) {
        List<Relation> found = new ArrayList<>();
        for (Name name : Objects.requireNonNullElse(children.get(parent), Set.<Name>of())) {
            Relation child = all.get(name);
            if (child != null) {
                found.add(child);
            }
        }
        return found;
    }

    List<Relation> referencing(Name table) {
        return where(relation -> !relation.name().equals(table)
                && relation.foreignKeys().stream().anyMatch(key -> table.equals(key.references())));
    }

    List<Relation> viewsOn(Name relation) {
        return where(view -> view.attachments().reads().relations().contains(relation));
    }

    void put(Relation relation) {
        Relation before = all.get(relation.name());
        all.put(relation.name(), relation);
        if (before == null || !parents(before).equals(parents(relation))) {
            if (before != null) {
                parents(before).forEach(parent -> unlink(parent, relation.name()));
            }
            parents(relation).forEach(parent -> link(parent, relation.name()));
        }
        relation.indexes().forEach(index -> tableOfIndex.put(relation.name().sibling(index.name()), relation.name()));
    }

    void remove(Relation relation) {
        all.remove(relation.name());
        parents(relation).forEach(parent -> unlink(parent, relation.name()));
        relation.indexes().forEach(index -> tableOfIndex.remove(relation.name().sibling(index.name())));
    }

    private static List<Name> parents(Relation relation) {
        Name parent = relation.attachments().partitionOf();
        return parent == null ? relation.attachments().inherits() : List.of(parent);
    }

    private void link(Name parent, Name child) {
        Set<Name> names = new LinkedHashSet<>(Objects.requireNonNullElse(children.get(parent), Set.<Name>of()));
        if (names.add(child)) {
            children.put(parent, names);
        }
    }

    private void unlink(Name parent, Name child) {
        Set<Name> names = new LinkedHashSet<>(Objects.requireNonNullElse(children.get(parent), Set.<Name>of()));
        if (names.remove(child)) {
            children.put(parent, names);
        }
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
