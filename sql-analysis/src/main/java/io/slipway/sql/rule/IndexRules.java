package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Indexes and materialized views that are built, dropped or filled under a lock. */
final class IndexRules {
    private static final String OWN = "-- In a migration of its own, which then runs without a transaction:\n";

    private IndexRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("create-index-not-concurrent")
                        .error(AVAILABILITY, "CREATE INDEX without CONCURRENTLY on a table in use")
                        .happens(
                                "The whole table is read under a lock that lets nobody write; on a large table that is an outage"
                                        + " of minutes.")
                        .locks("SHARE on the table: " + Locks.WRITES + ". IF NOT EXISTS takes it, too.")
                        .bad(
                                "CREATE INDEX ON orders (state);",
                                "CREATE UNIQUE INDEX IF NOT EXISTS i ON shop.orders (state);",
                                "CREATE TABLE p (id bigint) PARTITION BY RANGE (id); ALTER TABLE p ATTACH PARTITION orders DEFAULT;"
                                        + " CREATE INDEX ON p (id);")
                        .good(
                                "CREATE INDEX CONCURRENTLY i ON orders (state);",
                                "CREATE INDEX ON ONLY orders (state);",
                                "CREATE TABLE IF NOT EXISTS t (id int); CREATE INDEX ON t (id);",
                                "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a; CREATE UNIQUE INDEX ON v (a);",
                                "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 1 AS a; SET search_path TO s; CREATE INDEX ON t (a);",
                                "SELECT 1 AS a INTO t; CREATE INDEX ON t (a);")
                        .statement(IndexRules::createIndex),
                Rule.named("drop-index-not-concurrent")
                        .warning(AVAILABILITY, "DROP INDEX without CONCURRENTLY on a table in use")
                        .happens(
                                "The lock is short once it is there, but it waits for every query that runs on the table, and every"
                                        + " query that comes after waits behind it.")
                        .locks("ACCESS EXCLUSIVE on the table of the index: " + Locks.ALL + ".")
                        .bad("DROP INDEX orders_state;", "DROP INDEX IF EXISTS shop.a, shop.b;")
                        .good(
                                "DROP INDEX CONCURRENTLY orders_state;",
                                "CREATE TABLE t (a int); CREATE INDEX i ON t (a); DROP INDEX i;")
                        .statement(IndexRules::dropIndex),
                Rule.named("drop-index-concurrently-multiple")
                        .error(AVAILABILITY, "DROP INDEX CONCURRENTLY of several indexes")
                        .happens(
                                "PostgreSQL refuses it: DROP INDEX CONCURRENTLY does not support dropping multiple objects.")
                        .bad("DROP INDEX CONCURRENTLY a, b;")
                        .good("DROP INDEX CONCURRENTLY a; DROP INDEX CONCURRENTLY b;")
                        .statement(IndexRules::several),
                Rule.named("reindex-not-concurrent")
                        .warning(AVAILABILITY, "REINDEX without CONCURRENTLY")
                        .happens(
                                "Nobody can write to the table while its indexes are built anew, and queries that would use them"
                                        + " wait as well.")
                        .locks(
                                "SHARE on the table and ACCESS EXCLUSIVE on each index: blocks writes, and reads that use the index.")
                        .bad(
                                "REINDEX TABLE orders;",
                                "REINDEX INDEX orders_state;",
                                "REINDEX (CONCURRENTLY false) TABLE orders;")
                        .good(
                                "REINDEX TABLE CONCURRENTLY orders;",
                                "REINDEX (CONCURRENTLY) INDEX orders_state;",
                                "REINDEX SYSTEM shop;",
                                "CREATE TABLE t (a int); REINDEX TABLE t;")
                        .phrase(IndexRules::reindex),
                Rule.named("refresh-matview-not-concurrent")
                        .warning(AVAILABILITY, "REFRESH MATERIALIZED VIEW without CONCURRENTLY")
                        .happens("Nobody can read it until its query has run to the end.")
                        .locks("ACCESS EXCLUSIVE on the materialized view: " + Locks.ALL + ".")
                        .bad("REFRESH MATERIALIZED VIEW sales;")
                        .good(
                                "REFRESH MATERIALIZED VIEW CONCURRENTLY sales;",
                                "REFRESH MATERIALIZED VIEW sales WITH NO DATA;",
                                "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a WITH NO DATA; REFRESH MATERIALIZED VIEW v;")
                        .phrase(IndexRules::refresh));
    }

    /** ON ONLY is left alone: on a partitioned table it builds nothing, and CONCURRENTLY is refused there. */
    private static List<Hit> createIndex(Statement statement, Situation situation) {
        return statement instanceof Statement.CreateIndex index
                        && !index.concurrently()
                        && !index.only()
                        && situation.exists(index.table())
                ? List.of(Hit.of(
                                index.span(),
                                "CREATE INDEX blocks all writes to %s while it builds."
                                        .formatted(index.table().sql()))
                        .locks(Locks.share(index.table()))
                        .safer(concurrently(index))
                        .growsWith(index.table()))
                : List.of();
    }

    private static String concurrently(Statement.CreateIndex index) {
        String create = index.unique() ? "CREATE UNIQUE INDEX CONCURRENTLY " : "CREATE INDEX CONCURRENTLY ";
        String name = index.name() == null ? "" : Name.quoted(index.name()) + " ";
        String again = index.name() == null
                ? ""
                : "DROP INDEX CONCURRENTLY IF EXISTS %s;\n"
                        .formatted(index.table().sibling(index.name()).sql());
        return OWN + again + create + name + "ON " + index.table().sql() + " " + index.definition() + ";";
    }

    private static List<Hit> dropIndex(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.DropObject drop)
                || drop.kind() != ObjectKind.INDEX
                || drop.concurrently()) {
            return List.of();
        }
        List<Name> old = drop.names().stream()
                .filter(name -> !createdHere(name, situation))
                .toList();
        return old.isEmpty()
                ? List.of()
                : List.of(Hit.of(drop.span(), "DROP INDEX blocks everybody on the table of %s.".formatted(list(old)))
                        .locks("ACCESS EXCLUSIVE on the table of the index until the transaction ends: " + Locks.ALL
                                + ".")
                        .safer(OWN + each(drop)));
    }

    private static boolean createdHere(Name index, Situation situation) {
        return situation.deployment().files().stream()
                .flatMap(file -> file.statements().stream())
                .takeWhile(before -> before != situation.whole())
                .anyMatch(before -> before instanceof Statement.CreateIndex create
                        && index.local().equals(create.name())
                        && !situation.exists(create.table()));
    }

    private static List<Hit> several(Statement statement, Situation situation) {
        return statement instanceof Statement.DropObject drop
                        && drop.kind() == ObjectKind.INDEX
                        && drop.concurrently()
                        && drop.names().size() > 1
                ? List.of(Hit.of(
                                drop.span(),
                                "DROP INDEX CONCURRENTLY takes one index, not %d."
                                        .formatted(drop.names().size()))
                        .safer(each(drop)))
                : List.of();
    }

    private static String each(Statement.DropObject drop) {
        return drop.names().stream()
                .map(name -> "DROP INDEX CONCURRENTLY %s%s;".formatted(drop.ifExists() ? "IF EXISTS " : "", name.sql()))
                .collect(Collectors.joining("\n"));
    }

    private static List<Hit> reindex(Phrase phrase, Situation situation) {
        boolean online = phrase.has("CONCURRENTLY") && !phrase.matches(Pattern.compile(" CONCURRENTLY (FALSE|OFF) "));
        if (!phrase.starts("REINDEX") || online || phrase.has("SYSTEM")) {
            return List.of();
        }
        String kind = List.of("TABLE", "INDEX", "SCHEMA", "DATABASE").stream()
                .filter(phrase::has)
                .findFirst()
                .orElse("TABLE");
        return phrase.nameAfter(kind).stream()
                .filter(name -> !kind.equals("TABLE") || situation.exists(name))
                .map(name -> situation
                        .hit("REINDEX blocks writes until %s is built anew.".formatted(name.sql()))
                        .locks(
                                "SHARE on the table and ACCESS EXCLUSIVE on each index until the transaction ends: blocks writes,"
                                        + " and reads that use the index.")
                        .safer(
                                "-- With executeInTransaction=false in the script's .conf file:\nREINDEX %s CONCURRENTLY %s;"
                                        .formatted(kind, name.sql())))
                .toList();
    }

    private static List<Hit> refresh(Phrase phrase, Situation situation) {
        return phrase.starts("REFRESH MATERIALIZED VIEW") && !phrase.has("CONCURRENTLY") && !phrase.has("WITH NO DATA")
                ? phrase.nameAfter("VIEW").filter(situation::exists).stream()
                        .map(view -> situation
                                .hit("REFRESH keeps everybody from reading %s until it is filled."
                                        .formatted(view.sql()))
                                .locks(Locks.accessExclusive(view))
                                .safer(
                                        "-- It needs a unique index without a WHERE clause:\nREFRESH MATERIALIZED VIEW CONCURRENTLY %s;"
                                                .formatted(view.sql()))
                                .growsWith(view))
                        .toList()
                : List.of();
    }

    private static String list(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }
}
