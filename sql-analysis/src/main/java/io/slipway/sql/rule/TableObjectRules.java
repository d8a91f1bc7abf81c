package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.Name;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Triggers, policies, domains, and locks that are taken by name. */
final class TableObjectRules {
    private static final Pattern CREATE_TRIGGER = Pattern.compile("^ CREATE (OR REPLACE )?(CONSTRAINT )?TRIGGER ");
    private static final Pattern TOGGLE = Pattern.compile(" (ENABLE|DISABLE) (REPLICA |ALWAYS )?TRIGGER ");
    private static final Pattern TOGGLE_ALL = Pattern.compile(" DISABLE TRIGGER (ALL|USER) ");
    private static final Pattern WEAK = Pattern.compile(" IN (ACCESS SHARE|ROW SHARE|ROW EXCLUSIVE) MODE ");

    private TableObjectRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("create-trigger")
                        .warning(AVAILABILITY, "CREATE TRIGGER on a table in use")
                        .in(Profile.STRICT)
                        .happens(
                                "Nobody can write to the table until the transaction ends. From then on the trigger runs for each"
                                        + " write of the running release.")
                        .locks("SHARE ROW EXCLUSIVE on the table: " + Locks.WRITES + ".")
                        .bad("CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();")
                        .good(
                                "CREATE TABLE t (a int); CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();")
                        .phrase((phrase, situation) -> phrase.matches(CREATE_TRIGGER)
                                ? hit(
                                        phrase.nameAfter("ON"),
                                        situation,
                                        "CREATE TRIGGER keeps everybody from writing to %s.",
                                        "SHARE ROW EXCLUSIVE")
                                : List.of()),
                Rule.named("drop-trigger")
                        .warning(AVAILABILITY, "DROP TRIGGER on a table in use")
                        .in(Profile.STRICT)
                        .happens(
                                "Nobody can use the table until the transaction ends. What the trigger kept in step is no longer.")
                        .locks("ACCESS EXCLUSIVE on the table: " + Locks.ALL + ".")
                        .bad("DROP TRIGGER touch ON orders;")
                        .good("DROP FUNCTION touch();", "CREATE TABLE t (a int); DROP TRIGGER IF EXISTS x ON t;")
                        .phrase((phrase, situation) -> phrase.starts("DROP TRIGGER")
                                ? hit(phrase.nameAfter("ON"), situation, "DROP TRIGGER blocks everybody on %s.", "")
                                : List.of()),
                Rule.named("toggle-trigger")
                        .warning(AVAILABILITY, "ENABLE or DISABLE TRIGGER on a table in use")
                        .in(Profile.STRICT)
                        .happens(
                                "Nobody can write to the table until the transaction ends, and what the trigger does is done or not"
                                        + " done for everybody.")
                        .locks("SHARE ROW EXCLUSIVE on the table: " + Locks.WRITES + ".")
                        .bad("ALTER TABLE orders DISABLE TRIGGER touch;", "ALTER TABLE orders ENABLE TRIGGER touch;")
                        .good("""
                                CREATE TABLE t (a int);
                                CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
                                ALTER TABLE t DISABLE TRIGGER touch;""")
                        .phrase((phrase, situation) ->
                                phrase.starts("ALTER TABLE") && phrase.matches(TOGGLE) && !phrase.matches(TOGGLE_ALL)
                                        ? hit(
                                                phrase.nameAfter("TABLE"),
                                                situation,
                                                "Nobody can write to %s until this commits.",
                                                "")
                                        : List.of()),
                Rule.named("disable-trigger-all")
                        .error(AVAILABILITY, "DISABLE TRIGGER ALL or USER")
                        .happens(
                                "ALL switches off the triggers that check foreign keys as well: rows come in that break them, unseen,"
                                        + " from every client and not only from this script.")
                        .locks("SHARE ROW EXCLUSIVE on the table: " + Locks.WRITES + ".")
                        .bad("ALTER TABLE orders DISABLE TRIGGER ALL;", "ALTER TABLE orders DISABLE TRIGGER USER;")
                        .good(
                                "ALTER TABLE orders DISABLE TRIGGER touch;",
                                "CREATE TABLE t (a int); ALTER TABLE t DISABLE TRIGGER ALL;")
                        .phrase((phrase, situation) -> phrase.starts("ALTER TABLE") && phrase.matches(TOGGLE_ALL)
                                ? hit(
                                        phrase.nameAfter("TABLE"),
                                        situation,
                                        "Triggers of %s are switched off for everybody.",
                                        "")
                                : List.of()),
                Rule.named("lock-table")
                        .warning(AVAILABILITY, "LOCK TABLE")
                        .happens("The lock is held until the transaction ends, whatever the statements behind it need.")
                        .locks("As named, ACCESS EXCLUSIVE where no mode is.")
                        .bad("LOCK TABLE orders;", "LOCK orders IN SHARE ROW EXCLUSIVE MODE;")
                        .good("LOCK TABLE orders IN ACCESS SHARE MODE;", "CREATE TABLE t (a int); LOCK TABLE t;")
                        .phrase((phrase, situation) -> phrase.starts("LOCK") && !phrase.matches(WEAK)
                                ? hit(
                                        phrase.nameAfter("LOCK"),
                                        situation,
                                        "%s stays locked until the transaction ends.",
                                        "")
                                : List.of()),
                Rule.named("alter-domain-constraint")
                        .warning(AVAILABILITY, "ALTER DOMAIN with a constraint that is checked at once")
                        .happens(
                                "All rows of all tables with a column of that domain are read, while nobody can write to them.")
                        .locks("SHARE on every table that uses the domain: " + Locks.WRITES + ".")
                        .bad(
                                "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%');",
                                "ALTER DOMAIN email SET NOT NULL;")
                        .good(
                                "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%') NOT VALID;",
                                "CREATE DOMAIN d AS text; ALTER DOMAIN d SET NOT NULL;")
                        .phrase(TableObjectRules::alterDomain),
                Rule.named("create-domain-constraint")
                        .info(AVAILABILITY, "CREATE DOMAIN with a constraint")
                        .in(Profile.ADVICE)
                        .happens(
                                "Every change of it later reads all tables that use the domain; and a column of it cannot be added"
                                        + " without rewriting the table.")
                        .bad("CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');")
                        .good("CREATE DOMAIN email AS text;")
                        .phrase((phrase, situation) ->
                                phrase.starts("CREATE DOMAIN") && (phrase.has("CHECK") || phrase.has("NOT NULL"))
                                        ? List.of(
                                                situation.hit(
                                                        "The domain has a constraint of its own; a CHECK on the table is easier to change."))
                                        : List.of()),
                Rule.named("enable-rls")
                        .warning(AVAILABILITY, "ENABLE ROW LEVEL SECURITY without a policy in the same script")
                        .happens(
                                "Without a policy nobody but the owner sees any row, and every UPDATE and DELETE of the running release"
                                        + " finds none.")
                        .locks("ACCESS EXCLUSIVE on the table, for a moment: " + Locks.ALL + ".")
                        .bad("ALTER TABLE orders ENABLE ROW LEVEL SECURITY;")
                        .good(
                                "CREATE POLICY own ON orders USING (true); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;",
                                "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;")
                        .phrase(TableObjectRules::enableSecurity),
                Rule.named("create-policy")
                        .warning(AVAILABILITY, "CREATE POLICY on a table in use")
                        .in(Profile.STRICT)
                        .happens("Which rows the running release sees changes when this commits.")
                        .locks("ACCESS EXCLUSIVE on the table, for a moment: " + Locks.ALL + ".")
                        .bad("CREATE POLICY own ON orders USING (owner = current_user);")
                        .good("CREATE TABLE t (a int); CREATE POLICY own ON t USING (true);")
                        .phrase((phrase, situation) -> phrase.starts("CREATE POLICY")
                                ? hit(phrase.nameAfter("ON"), situation, "Which rows of %s can be seen changes.", "")
                                : List.of()));
    }

    private static List<Hit> hit(Optional<Name> table, Situation situation, String message, String lock) {
        return table.filter(situation::exists).stream()
                .map(name -> situation
                        .hit(message.formatted(name.sql()))
                        .locks(lock.isEmpty() ? null : Locks.shareRowExclusive(name)))
                .toList();
    }

    private static List<Hit> alterDomain(Phrase phrase, Situation situation) {
        boolean adds = phrase.starts("ALTER DOMAIN")
                && (phrase.has("ADD") && phrase.has("CHECK") && !phrase.has("NOT VALID") || phrase.has("SET NOT NULL"));
        if (!adds) {
            return List.of();
        }
        return phrase
                .nameAfter("DOMAIN")
                .filter(domain -> situation.file().phrases().subList(0, situation.index()).stream()
                        .noneMatch(before -> before.starts("CREATE DOMAIN")
                                && before.nameAfter("DOMAIN")
                                        .filter(domain::equals)
                                        .isPresent()))
                .stream()
                .map(domain -> situation
                        .hit("All tables that use %s are read while nobody can write to them.".formatted(domain.sql()))
                        .safer(
                                phrase.has("SET NOT NULL")
                                        ? "-- A CHECK on each table, added as NOT VALID and validated later, says the same."
                                        : situation.text()
                                                + " NOT VALID;\n-- In a later migration:\n-- ALTER DOMAIN %s VALIDATE CONSTRAINT ...;"
                                                        .formatted(domain.sql())))
                .toList();
    }

    private static List<Hit> enableSecurity(Phrase phrase, Situation situation) {
        return phrase.starts("ALTER TABLE") && phrase.has("ENABLE ROW LEVEL SECURITY")
                ? phrase
                        .nameAfter("TABLE")
                        .filter(situation::exists)
                        .filter(table -> situation.file().phrases().stream()
                                .noneMatch(other -> other.starts("CREATE POLICY")
                                        && other.nameAfter("ON")
                                                .filter(on ->
                                                        situation.pending().same(on, table))
                                                .isPresent()))
                        .stream()
                        .map(table -> situation
                                .hit("Nobody but its owner sees a row of %s any more.".formatted(table.sql()))
                                .locks(Locks.accessExclusive(table))
                                .safer(
                                        "-- First, in the same script, with the condition that holds for the application:\nCREATE POLICY %s ON %s USING (true);"
                                                .formatted(Name.quoted(table.local() + "_all"), table.sql())))
                        .toList()
                : List.of();
    }
}
