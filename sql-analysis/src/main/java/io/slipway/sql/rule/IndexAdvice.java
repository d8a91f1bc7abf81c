package io.slipway.sql.rule;

import static io.slipway.sql.rule.TableAdvice.advice;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Relation;
import java.util.List;

/** Which indexes a table should have, and how many. */
final class IndexAdvice {
    private static final int MANY_INDEXES = 10;
    private static final int WIDE = 3;

    private IndexAdvice() {}

    static List<Rule> all() {
        return List.of(
                advice("wide-index", "An index over more than three columns")
                        .happens("It is large, slow to change, and the columns behind the third seldom help a query.")
                        .bad("CREATE INDEX CONCURRENTLY i ON orders (a, b, c, d);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a, b) INCLUDE (c, d);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && index.index().keys().size() > WIDE
                                ? List.of(Hit.of(
                                        index.span(),
                                        "The index has %d columns."
                                                .formatted(index.index().keys().size())))
                                : List.of()),
                advice("hash-index", "An index of the method hash")
                        .happens(
                                "It answers equality only, cannot be unique, and is seldom smaller or faster than a btree.")
                        .bad("CREATE INDEX CONCURRENTLY i ON orders USING hash (a);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && index.index().method().equals("hash")
                                ? List.of(Hit.of(
                                        index.span(),
                                        "The index on %s is a hash."
                                                .formatted(index.table().sql())))
                                : List.of()),
                advice("redundant-index", "An index that another one contains")
                        .happens("Each write pays for both, and no query needs the shorter one.")
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int, b int); CREATE INDEX ab ON t (a, b);\n-- >> V1__a.sql\n"
                                        + "CREATE INDEX CONCURRENTLY a ON t (a);")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int, b int); CREATE INDEX ab ON t (a, b);\n-- >> V1__a.sql\n"
                                        + "CREATE INDEX CONCURRENTLY b ON t (b);")
                        .statement(IndexAdvice::redundant),
                advice("max-indexes", "A table of very many indexes")
                        .happens("Each write changes all of them.")
                        .bad("-- >> before\nCREATE TABLE t (a int); " + "CREATE INDEX ON t (a); ".repeat(MANY_INDEXES)
                                + "\n-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON t (a);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && situation
                                                .catalog()
                                                .relation(index.table())
                                                .filter(relation ->
                                                        relation.indexes().size() >= MANY_INDEXES)
                                                .isPresent()
                                ? List.of(Hit.of(
                                        index.span(),
                                        "%s has more than %d indexes."
                                                .formatted(index.table().sql(), MANY_INDEXES)))
                                : List.of()));
    }

    private static List<Hit> redundant(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateIndex index)
                || index.unique()
                || index.index().predicate() != null
                || index.index().columns().size() != index.index().keys().size()) {
            return List.of();
        }
        return situation.catalog().relation(index.table()).map(Relation::indexes).orElse(List.of()).stream()
                .filter(other -> other.definition().predicate() == null
                        && other.definition().method().equals(index.index().method())
                        && other.definition().columns().size()
                                >= index.index().columns().size()
                        && other.definition()
                                .columns()
                                .subList(0, index.index().columns().size())
                                .equals(index.index().columns()))
                .limit(1)
                .map(other -> Hit.of(
                        index.span(), "%s has the same columns at its beginning.".formatted(Name.quoted(other.name()))))
                .toList();
    }
}
