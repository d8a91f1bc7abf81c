package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.SECURITY;

import java.util.List;
import java.util.regex.Pattern;

/** Privileges, roles, and settings of the whole server. */
final class SecurityRules {
    private static final Pattern WIDE =
            Pattern.compile(" ALL (PRIVILEGES )?ON | TO PUBLIC | WITH (GRANT|ADMIN) (OPTION|TRUE) ");
    private static final Pattern POWERFUL = Pattern.compile(" (SUPERUSER|CREATEROLE|CREATEDB|REPLICATION|BYPASSRLS) ");
    private static final Pattern SAFE_PATH = Pattern.compile(" SET SEARCH_PATH (TO|=|FROM) ");
    private static final Pattern NO_VACUUM = Pattern.compile(" SET \\( .*AUTOVACUUM_ENABLED = (FALSE|OFF|0|'') ");

    private SecurityRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("grant-widening")
                        .warning(SECURITY, "GRANT ALL, TO PUBLIC, or WITH GRANT or ADMIN OPTION")
                        .happens(
                                "More roles can do more than the migration can tell: every role of the database, or whoever the"
                                        + " role passes it on to.")
                        .bad(
                                "GRANT ALL ON orders TO app;",
                                "GRANT SELECT ON orders TO PUBLIC;",
                                "GRANT SELECT ON orders TO app WITH GRANT OPTION;",
                                "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT ALL ON TABLES TO app;")
                        .good(
                                "GRANT SELECT, INSERT ON orders TO app;",
                                "REVOKE ALL ON orders FROM PUBLIC;",
                                "GRANT USAGE ON SCHEMA shop TO app;")
                        .phrase((phrase, situation) -> (phrase.starts("GRANT")
                                                || phrase.starts("ALTER DEFAULT PRIVILEGES") && phrase.has("GRANT"))
                                        && phrase.matches(WIDE)
                                ? List.of(situation
                                        .hit("The GRANT gives more than what is named.")
                                        .safer(
                                                "-- Name the privileges and the role:\nGRANT SELECT, INSERT, UPDATE, DELETE ON"
                                                        + " the_table TO the_role;"))
                                : List.of()),
                Rule.named("superuser-role")
                        .warning(SECURITY, "A role created or changed to be more than a user")
                        .happens(
                                "Such a role can read and change what no GRANT gave it, in every database of the server. Roles"
                                        + " belong to the server, not to the schema of one application.")
                        .bad(
                                "CREATE ROLE ops SUPERUSER;",
                                "ALTER USER app CREATEROLE;",
                                "ALTER ROLE app WITH BYPASSRLS;")
                        .good("CREATE ROLE reader NOLOGIN;", "ALTER ROLE app SET statement_timeout = '5s';")
                        .phrase((phrase, situation) -> phrase.matches(Pattern.compile("^ (CREATE|ALTER) (ROLE|USER) "))
                                        && phrase.matches(POWERFUL)
                                ? List.of(situation.hit("The role gets rights over the whole server."))
                                : List.of()),
                Rule.named("security-definer-without-search_path")
                        .error(SECURITY, "SECURITY DEFINER without a search path of its own")
                        .happens(
                                "Whoever may call it can put a table or function of the same name first in the search path, and"
                                        + " have it run with the owner's rights.")
                        .bad("CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';")
                        .good(
                                "CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = shop, pg_temp AS"
                                        + " 'SELECT 1';",
                                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 1';")
                        .phrase(SecurityRules::securityDefiner),
                Rule.named("object-owner")
                        .info(SECURITY, "OWNER TO")
                        .in(Profile.ADVICE)
                        .happens(
                                "The migrating role must be a member of the new owner, and may not be able to change the object"
                                        + " in the next migration.")
                        .locks("ACCESS EXCLUSIVE on a table, for a moment.")
                        .bad("ALTER TABLE orders OWNER TO app;")
                        .good("ALTER TABLE orders ADD note text;")
                        .phrase((phrase, situation) -> phrase.starts("ALTER") && phrase.has("OWNER TO")
                                ? List.of(situation.hit("The object gets another owner."))
                                : List.of()),
                Rule.named("set-role")
                        .info(SECURITY, "SET ROLE or SET SESSION AUTHORIZATION")
                        .in(Profile.ADVICE)
                        .happens(
                                "What follows in the session is done by another role, and what it creates belongs to that role:"
                                        + " the scripts after it included, unless it is reset.")
                        .bad("SET ROLE owner;", "SET SESSION AUTHORIZATION owner;")
                        .good("RESET ROLE;", "SET LOCAL lock_timeout = '2s';")
                        .phrase((phrase, situation) ->
                                phrase.matches(Pattern.compile("^ SET (SESSION |LOCAL )?(ROLE|SESSION AUTHORIZATION) "))
                                                || phrase.starts("SET SESSION AUTHORIZATION")
                                        ? List.of(situation.hit("The session goes on as another role."))
                                        : List.of()),
                Rule.named("create-extension")
                        .info(SECURITY, "CREATE EXTENSION")
                        .in(Profile.ADVICE)
                        .happens(
                                "It needs rights that a migrating role often lacks, it must be installed on the server, and"
                                        + " without VERSION each server takes its own.")
                        .bad("CREATE EXTENSION IF NOT EXISTS pgcrypto;")
                        .good("DROP EXTENSION pgcrypto;")
                        .phrase((phrase, situation) -> phrase.starts("CREATE EXTENSION")
                                ? List.of(situation.hit(
                                        "An extension must be there, and the role must be allowed to create it."))
                                : List.of()),
                Rule.named("alter-system")
                        .warning(SECURITY, "ALTER SYSTEM")
                        .happens(
                                "It changes the configuration of the whole server, for every database, and cannot run in a"
                                        + " transaction.")
                        .bad("ALTER SYSTEM SET work_mem = '64MB';")
                        .good("ALTER DATABASE shop SET work_mem = '64MB';")
                        .phrase((phrase, situation) -> phrase.starts("ALTER SYSTEM")
                                ? List.of(situation.hit("It changes the configuration of the whole server."))
                                : List.of()),
                Rule.named("session-replication-role")
                        .warning(SECURITY, "session_replication_role set")
                        .happens(
                                "Triggers and foreign keys do not fire in this session any more: rows can come in that break every"
                                        + " one of them, unseen.")
                        .bad("SET session_replication_role = replica;")
                        .good("SET statement_timeout = '1min';", "RESET session_replication_role;")
                        .phrase((phrase, situation) ->
                                phrase.starts("SET") && phrase.has("SESSION_REPLICATION_ROLE") && !phrase.has("ORIGIN")
                                        ? List.of(situation.hit(
                                                "Triggers and foreign keys are switched off for this session."))
                                        : List.of()),
                Rule.named("autovacuum-off")
                        .warning(SECURITY, "Autovacuum switched off for a table")
                        .happens(
                                "Dead rows pile up until the table is many times its size, and in the end PostgreSQL stops taking"
                                        + " writes to protect itself.")
                        .locks("SHARE UPDATE EXCLUSIVE on the table: reads and writes go on.")
                        .bad("ALTER TABLE orders SET (autovacuum_enabled = false);")
                        .good("ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.01);")
                        .phrase((phrase, situation) -> phrase.starts("ALTER TABLE") && phrase.matches(NO_VACUUM)
                                ? List.of(situation.hit("The table is not vacuumed any more."))
                                : List.of()));
    }

    private static List<Hit> securityDefiner(Phrase phrase, Situation situation) {
        boolean routine = phrase.matches(Pattern.compile("^ CREATE (OR REPLACE )?(FUNCTION|PROCEDURE) "));
        return routine && phrase.has("SECURITY DEFINER") && !phrase.matches(SAFE_PATH)
                ? phrase.nameAfter(phrase.has("FUNCTION") ? "FUNCTION" : "PROCEDURE").stream()
                        .map(name -> situation
                                .hit("%s runs with its owner's rights in its caller's search path."
                                        .formatted(name.sql()))
                                .safer("-- With the function's parameter types in the parentheses:\n"
                                        + "ALTER FUNCTION %s() SET search_path = pg_catalog, pg_temp;"
                                                .formatted(name.sql())))
                        .toList()
                : List.of();
    }
}
