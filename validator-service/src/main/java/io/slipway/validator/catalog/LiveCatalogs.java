package io.slipway.validator.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RoutineStatement.Volatility;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.Routine;
import io.slipway.sql.catalog.TableSize;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import io.slipway.validator.catalog.DefinitionStore.InvalidIndex;
import io.slipway.validator.catalog.DefinitionStore.NamedRoutine;
import io.slipway.validator.catalog.DefinitionStore.SessionStart;
import io.slipway.validator.catalog.LiveRelation.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a catalogue of the live target for the analysis. The definitions are replayed like migrations that have run, so
 * that both ways to a catalogue mean the same.
 */
public final class LiveCatalogs {
    /** Each takes the parser part of a millisecond; of a table with ten thousand partitions the first are enough. */
    private static final int MOST_DEFINITIONS = 2_000;

    private static final Set<Kind> MEASURED = Set.of(Kind.TABLE, Kind.PARTITIONED_TABLE, Kind.MATERIALIZED_VIEW);

    private LiveCatalogs() {}

    /**
     * @param relations that the plan is about
     * @param words identifiers of the plan, for types and functions
     * @param sizes by oid, where they were asked for; the estimate of the statistics otherwise
     * @param defaultSchema empty for the connection's own
     */
    public static LiveCatalog read(
            Connection target, LiveRelations relations, Set<String> words, Map<Long, Long> sizes, String defaultSchema)
            throws SQLException {
        SessionStart session = DefinitionStore.session(target, defaultSchema);
        Catalog catalog = new Catalog(session.path().isEmpty() ? List.of("public") : session.path());
        List<String> unread = new ArrayList<>();
        List<Definition> definitions = DefinitionStore.read(target, relations, words, MOST_DEFINITIONS);
        for (Definition definition : definitions) {
            for (Statement statement : Parser.parse(definition.sql())) {
                if (statement instanceof Statement.Unreadable) {
                    unread.add(definition.object());
                } else {
                    catalog.apply(statement);
                }
            }
        }
        catalog.asExisting();
        List<InvalidIndex> invalid = DefinitionStore.invalidIndexes(target, relations);
        invalidate(catalog, relations, invalid.stream().map(InvalidIndex::key).collect(Collectors.toSet()));
        for (NamedRoutine routine : DefinitionStore.routines(target, words)) {
            catalog.add(new Routine(
                    new Name(routine.schema(), routine.name()), volatility(routine.volatility()), Novelty.EXISTING));
        }
        measure(catalog, relations, sizes);
        catalog.timeZone(session.timeZone());
        // As statements they would be valid, and be in the way of those that the executor clears them away for.
        Set<String> leftovers = invalid.stream()
                .filter(InvalidIndex::leftover)
                .map(InvalidIndex::definition)
                .collect(Collectors.toSet());
        String all = definitions.stream()
                .map(Definition::sql)
                .filter(sql -> !leftovers.contains(sql))
                .collect(Collectors.joining(";\n"));
        return new LiveCatalog(catalog, new ServerVersion(session.major()), all, unread);
    }

    private static void measure(Catalog catalog, LiveRelations relations, Map<Long, Long> sizes) {
        for (LiveRelation relation : relations.all()) {
            if (MEASURED.contains(relation.kind())) {
                long bytes = sizes.getOrDefault(relation.oid(), relation.bytes());
                catalog.size(relation.name(), new TableSize(relation.rows(), bytes));
            }
        }
    }

    /** A replayed index is valid. */
    private static void invalidate(Catalog catalog, LiveRelations relations, Set<String> invalid) {
        if (invalid.isEmpty()) {
            return;
        }
        for (LiveRelation relation : relations.all()) {
            Optional<Relation> known = catalog.relation(relation.name());
            known.ifPresent(found -> catalog.add(withIndexes(
                    found,
                    found.indexes().stream()
                            .map(index -> invalid.contains(relation.oid() + " " + index.name())
                                    ? new Index(index.name(), index.unique(), false, index.definition())
                                    : index)
                            .toList())));
        }
    }

    private static Relation withIndexes(Relation relation, List<Index> indexes) {
        return new Relation(
                relation.name(),
                relation.kind(),
                relation.persistence(),
                relation.novelty(),
                relation.complete(),
                relation.columns(),
                relation.constraints(),
                indexes,
                relation.attachments(),
                relation.size());
    }

    private static Volatility volatility(String letter) {
        return switch (letter) {
            case "i" -> Volatility.IMMUTABLE;
            case "s" -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
    }
}
