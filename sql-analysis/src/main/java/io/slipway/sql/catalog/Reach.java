package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Follows relations to what hangs on them. Each comes once and nothing recurses: scripts can tell of circles, forks and chains
 * that no server would let grow.
 */
public final class Reach {
    private Reach() {}

    /** Partitions and children of a table, and theirs, itself left out. */
    public static List<Relation> below(Catalog catalog, Name table) {
        List<Name> all = from(catalog, table, relation -> children(catalog, relation));
        return all.stream()
                .skip(1)
                .flatMap(name -> catalog.relation(name).stream())
                .toList();
    }

    /** What a DROP takes along at once: partitions and, with CASCADE, children and views. */
    public static List<Name> goneWith(Catalog catalog, Relation dropped, boolean cascade) {
        List<Name> names = new ArrayList<>();
        if (dropped.isPartitioned() || cascade) {
            names.addAll(children(catalog, dropped));
        }
        if (cascade) {
            names.addAll(names(catalog.viewsOn(dropped.name())));
        }
        return names;
    }

    public static List<Name> children(Catalog catalog, Relation table) {
        return names(catalog.children(table.name()));
    }

    public static List<Name> names(Collection<Relation> relations) {
        return relations.stream().map(Relation::name).toList();
    }

    /** The start, as it is spelled, and then branch by branch what the links lead to. */
    public static List<Name> from(Catalog catalog, Name start, Function<Relation, List<Name>> links) {
        Set<Name> found = new LinkedHashSet<>();
        Set<Name> resolved = new LinkedHashSet<>();
        Deque<Name> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Name name = open.pop();
            Relation relation = catalog.relationOrUnknown(name);
            if (resolved.add(relation.name())) {
                found.add(name);
                new ArrayList<>(links.apply(relation)).reversed().forEach(open::push);
            }
        }
        return List.copyOf(found);
    }
}
