package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.split.Fragment.Ending;
import java.util.List;

/** What is wrong with a script as a text: what nobody can read, and comments that silence nothing. */
public final class ScriptRules {
    public static final Rule SUPPRESSION_INVALID = Rule.named("suppression-invalid")
            .error(FORMAT, "A suppression without a reason, of an unknown rule, or in a place where it does nothing")
            .happens(
                    "What it was meant to silence is reported. Directly above the statement: -- slipway:ignore rule-id:"
                            + " reason.")
            .bad(
                    "-- slipway:ignore drop-table\nSELECT 1;",
                    "-- slipway:ignore drop-table:\nSELECT 1;",
                    "-- slipway:ignore : why\nSELECT 1;",
                    "-- slipway:ignore no-such-rule: why\nSELECT 1;",
                    "-- slipway:ignore suppression-invalid: why\nSELECT 1;",
                    "-- slipway:ignore drop-table: why\n\nSELECT 1;",
                    "SELECT 1;\n-- slipway:ignore drop-table: why",
                    "SELECT 1;\n-- slipway:ignore-file drop-table: why\nSELECT 2;")
            .good(
                    "-- slipway:ignore drop-table: emptied last release\nDROP TABLE a;",
                    "-- slipway:ignore-file drop-table: emptied last release: all of them\n\nDROP TABLE a; DROP TABLE b;")
            .madeElsewhere();

    public static final Rule SUPPRESSION_UNUSED = Rule.named("suppression-unused")
            .warning(FORMAT, "A suppression of something that is not reported")
            .happens("It hides the next case that comes along in its place. Remove it.")
            .bad(
                    "-- slipway:ignore drop-table: emptied last release\nSELECT 1;",
                    "-- slipway:ignore-file truncate: scratch tables\n\nDROP TABLE a;")
            .good("-- slipway:ignore drop-table: emptied last release\nDROP TABLE a;")
            .madeElsewhere();

    public static final Rule UNREADABLE_FILE = Rule.named("unreadable-file")
            .error(FORMAT, "A file that is no text in UTF-8, or too large")
            .happens("No rule has looked at it, and Flyway would read something else than was written, or fail.")
            .madeElsewhere();

    public static final Rule UNRESOLVED_PLACEHOLDER = Rule.named("unresolved-placeholder")
            .error(FORMAT, "A Flyway placeholder without a value")
            .happens("Flyway refuses the script. Give a value, or switch replacement off for this script with"
                    + " placeholderReplacement=false in its .conf file.")
            .madeElsewhere();

    public static final Rule UNDO_MISSING = Rule.named("undo-missing")
            .warning(FORMAT, "A versioned migration without an undo script")
            .happens("A rollback past this version has to be written when it is needed, or comes from a backup.")
            .bad("-- >> V1__a.sql\nCREATE TABLE t (id int);")
            .good("-- >> V1__a.sql\nCREATE TABLE t (id int);\n-- >> U1__a.sql\nDROP TABLE t;")
            .deployment(UndoRules::missing);

    private ScriptRules() {}

    static List<Rule> all() {
        return List.of(
                SUPPRESSION_INVALID,
                SUPPRESSION_UNUSED,
                UNREADABLE_FILE,
                UNRESOLVED_PLACEHOLDER,
                Rule.named("unanalyzable-statement")
                        .warning(FORMAT, "A statement of which it is not known what it does")
                        .errorInStrict()
                        .happens(
                                "No rule has looked at it. It may be wrong, and PostgreSQL will refuse it; or it is valid and"
                                        + " does anything, dropping tables included.")
                        .bad(
                                "DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$;",
                                "DROP TABEL orders;",
                                "SELECT 'open",
                                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $b$ BEGIN")
                        .good("ALTER SYSTEM SET work_mem = '1MB';", "ALTER ROUTINE f() RENAME TO g;")
                        .statement(ScriptRules::unanalyzable),
                Rule.named("psql-meta-command")
                        .error(FORMAT, "A command of psql, such as \\i or \\set")
                        .happens(
                                "It works in psql only. PostgreSQL and Flyway do not know it, and the script fails there.")
                        .bad("\\i other.sql", "\\set ON_ERROR_STOP on\nSELECT 1;", "\\copy orders from 'orders.csv'")
                        .good("SELECT 1;", "COPY t (a) FROM stdin;\n1\n\\.\nSELECT 1;")
                        .phrase((phrase, situation) -> situation
                                                .file()
                                                .split()
                                                .fragments()
                                                .get(situation.index())
                                                .ending()
                                        == Ending.META_COMMAND
                                ? List.of(situation.hit(
                                        "%s is a command of psql and no SQL.".formatted(firstWord(situation.text()))))
                                : List.of()));
    }

    private static String firstWord(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    private static List<Hit> unanalyzable(Statement statement, Situation situation) {
        boolean metaCommand =
                situation.file().split().fragments().get(situation.index()).ending() == Ending.META_COMMAND;
        return switch (statement) {
            case Statement.Unreadable unreadable
            when !metaCommand ->
                List.of(Hit.of(unreadable.span(), "This statement was not analysed: " + unreadable.reason() + "."));
            case Statement.AnonymousBlock block
            when !block.body().complete() ->
                List.of(Hit.of(
                                block.span(),
                                "A DO block was not analysed in full: %s."
                                        .formatted(
                                                String.join("; ", block.body().notAnalysed())))
                        .because("No rule has looked at that. Plain statements say what they do before they run."));
            default -> List.of();
        };
    }
}
