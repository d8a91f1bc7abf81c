package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether PostgreSQL will run the statements of an undo script one after the other. As long as it does not run, a plan goes forward
 * without it as one does that has none; a policy that wants each way back blocks the rule.
 */
final class UndoOrderRules {
    /** An undo script of more statements is data, and each is held against those before it. */
    private static final int LOOKED_BACK = 1_000;

    private UndoOrderRules() {}

    static List<Rule> all() {
        return List.of(Rule.named("undo-order")
                .warning(FORMAT, "An undo script that PostgreSQL refuses, such as one in the wrong order")
                .happens(
                        "The rollback fails when it is needed. What depends on something goes first, so that an undo script"
                                + " runs from the end of its migration to the beginning. An error where the undo script is what runs.")
                .bad("""
                        -- >> V1__a.sql
                        CREATE TABLE a (id int PRIMARY KEY);
                        CREATE TABLE b (a_id int REFERENCES a);
                        -- >> U1__a.sql
                        DROP TABLE a;
                        DROP TABLE b;""", """
                        -- >> V1__a.sql
                        ALTER TABLE orders ADD COLUMN channel text;
                        CREATE VIEW channels AS SELECT channel FROM orders;
                        -- >> U1__a.sql
                        ALTER TABLE orders DROP COLUMN channel;
                        DROP VIEW channels;""", """
                        -- >> V1__a.sql
                        CREATE TABLE a (id int);
                        CREATE INDEX a_id ON a (id);
                        -- >> U1__a.sql
                        DROP TABLE a;
                        DROP INDEX a_id;""")
                .good("""
                        -- >> V1__a.sql
                        CREATE TABLE a (id int PRIMARY KEY);
                        CREATE TABLE b (a_id int REFERENCES a);
                        CREATE INDEX b_a_id ON b (a_id);
                        -- >> U1__a.sql
                        DROP INDEX b_a_id;
                        DROP TABLE b;
                        DROP TABLE a;""", """
                        -- >> V1__a.sql
                        CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE a (m mood);
                        -- >> V2__b.sql
                        CREATE VIEW v AS SELECT m FROM a;
                        -- >> U1__a.sql
                        DROP TABLE a; DROP INDEX IF EXISTS a_m; DROP TYPE mood;
                        -- >> U2__b.sql
                        DROP VIEW v;""")
                .statement(UndoOrderRules::check));
    }

    private static List<Hit> check(Statement statement, Situation situation) {
        if (situation.file().kind() != MigrationFile.Kind.UNDO) {
            return List.of();
        }
        String failure = situation.effects().failure();
        boolean runs = situation.deployment().rollback();
        if (failure != null && !runs) {
            return List.of(situation.hit("PostgreSQL will refuse it when it runs: " + failure));
        }
        return gone(statement, situation)
                .map(what -> situation.hit(
                        "An earlier statement of the script has taken %s away already.".formatted(what.text())))
                .map(hit -> runs ? hit.as(Severity.ERROR) : hit)
                .stream()
                .toList();
    }

    /** What the statement needs and the script has removed before. */
    private static Optional<Trace> gone(Statement statement, Situation situation) {
        int from = Math.max(0, situation.index() - LOOKED_BACK);
        List<Statement> before = situation.preceding().subList(from, situation.index());
        List<Trace> removed =
                Trace.removedBy(before.stream().filter(UndoOrderRules::byName).toList());
        return needed(statement, situation)
                .filter(needed -> removed.stream().anyMatch(other -> other.covers(needed) && sameSchema(other, needed)))
                .filter(needed -> Trace.leftBy(before).stream().noneMatch(needed::covers))
                .findFirst();
    }

    private static Stream<Trace> needed(Statement statement, Situation situation) {
        return switch (statement) {
            case Statement.DropObject drop
            when !drop.ifExists() && drop.kind() == ObjectKind.INDEX ->
                drop.names().stream().map(index -> Trace.relation(index, tableOf(index, situation)));
            case Statement.DropObject drop
            when !drop.ifExists() && byName(drop) -> Trace.removedBy(List.of(drop)).stream();
            case Statement.AlterTable alter when !alter.ifExists() -> Stream.of(Trace.relation(alter.name(), ""));
            case Statement.CreateIndex index -> Stream.of(Trace.relation(index.table(), ""));
            default -> Stream.empty();
        };
    }

    /** Routines have namesakes, and triggers and the like are named within their table. */
    private static boolean byName(Statement statement) {
        return !(statement instanceof Statement.DropObject drop)
                || switch (drop.kind()) {
                    case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX, SCHEMA, TYPE, DOMAIN -> true;
                    case DATABASE,
                            ROUTINE,
                            TRIGGER,
                            POLICY,
                            RULE,
                            STATISTICS,
                            PUBLICATION,
                            EXTENSION,
                            TABLESPACE,
                            SUBSCRIPTION,
                            OTHER -> false;
                };
    }

    /** The migration tells; empty where it does not. */
    private static String tableOf(Name index, Situation situation) {
        return situation.deployment().files().stream()
                .filter(file -> file.sameVersion(situation.file()))
                .flatMap(file -> file.statements().stream())
                .filter(made -> made instanceof Statement.CreateIndex create
                        && index.local().equals(create.name()))
                .map(made -> ((Statement.CreateIndex) made).table().local())
                .findFirst()
                .orElse("");
    }

    private static boolean sameSchema(Trace one, Trace other) {
        return one.schema().isEmpty()
                || other.schema().isEmpty()
                || one.schema().equals(other.schema());
    }
}
