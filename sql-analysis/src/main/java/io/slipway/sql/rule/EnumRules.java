package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.COMPATIBILITY;
import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Name;
import io.slipway.sql.split.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of enums. */
final class EnumRules {
    private static final Pattern ADDED =
            Pattern.compile("(?is)\\bADD\\s+VALUE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?'((?:[^']|'')*)'");

    /** The version since which a value can be used in its own transaction, if the type is new as well. */
    private static final int USABLE_WITH_NEW_TYPE = 17;

    private EnumRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("enum-value-used-in-same-transaction")
                        .error(FORMAT, "A new enum value used in the transaction that adds it")
                        .happens(
                                "PostgreSQL fails with \"unsafe use of new value\": it can be used once the transaction that"
                                        + " added it has committed; since PostgreSQL 17 at once where that has made the type as well.")
                        .bad(
                                "ALTER TYPE mood ADD VALUE 'calm'; UPDATE people SET mood = 'calm' WHERE id = 1;",
                                "CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'calm'; CREATE TABLE p (m mood DEFAULT 'calm');")
                        .good("""
                                -- >> V1__add.sql
                                ALTER TYPE mood ADD VALUE 'calm';
                                -- >> V2__use.sql
                                UPDATE people SET mood = 'calm' WHERE id = 1;""", """
                                -- >> pg 17
                                -- >> V1__a.sql
                                CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'calm'; CREATE TABLE p (m mood DEFAULT 'calm');""")
                        .file(EnumRules::usedAtOnce),
                Rule.named("add-enum-value")
                        .info(DATA_LOSS, "ALTER TYPE ... ADD VALUE")
                        .in(Profile.STRICT)
                        .happens(
                                "It cannot be undone: PostgreSQL has no way to take a value away again. The running release may"
                                        + " read a value that it does not know.")
                        .bad("ALTER TYPE mood ADD VALUE 'calm';")
                        .good("CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b';")
                        .phrase((phrase, situation) -> altersType(phrase, situation, "ADD VALUE")
                                .map(type -> situation.hit(
                                        "A value of %s can never be removed again.".formatted(type.sql())))
                                .stream()
                                .toList()),
                Rule.named("rename-enum-value")
                        .warning(COMPATIBILITY, "ALTER TYPE ... RENAME VALUE")
                        .happens(
                                "Every query of the running release that names the old value fails from the moment this"
                                        + " commits, and it reads a value that it does not know.")
                        .bad("ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet';")
                        .good("CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood RENAME VALUE 'a' TO 'b';")
                        .phrase((phrase, situation) -> altersType(phrase, situation, "RENAME VALUE")
                                .map(type -> situation
                                        .hit("RENAME VALUE takes a value of %s away from the clients that use it."
                                                .formatted(type.sql()))
                                        .safer(
                                                "-- Add the new value, let clients write it, change the rows, and leave the old one:\n"
                                                        + situation
                                                                .text()
                                                                .replaceFirst(
                                                                        "(?is)\\bRENAME\\s+VALUE\\s+'(?:[^']|'')*'\\s+TO\\b",
                                                                        "ADD VALUE")
                                                        + ";"))
                                .stream()
                                .toList()),
                Rule.named("enum-value-removal")
                        .error(DATA_LOSS, "Rows of pg_enum deleted or changed by hand")
                        .happens(
                                "Rows and indexes that hold the value become unreadable: \"invalid internal value for enum\". No"
                                        + " version of PostgreSQL supports it.")
                        .bad("DELETE FROM pg_enum WHERE enumlabel = 'calm';")
                        .good("SELECT * FROM pg_enum;")
                        .phrase((phrase, situation) -> phrase.matches(
                                        Pattern.compile("^ (DELETE FROM|UPDATE) (PG_CATALOG \\. )?PG_ENUM "))
                                ? List.of(situation
                                        .hit("It changes pg_enum itself.")
                                        .safer("-- A new type beside the old one, the columns changed to it, then:\n"
                                                + "-- DROP TYPE the_old_one;"))
                                : List.of()));
    }

    /** The type, when the statement does this to one that this script has not created. */
    private static Optional<Name> altersType(Phrase phrase, Situation situation, String what) {
        return phrase.starts("ALTER TYPE") && phrase.has(what)
                ? phrase.nameAfter("TYPE")
                        .filter(type -> !created(type, situation.file(), situation.index(), situation.pending()::same))
                : Optional.empty();
    }

    private interface Sameness {
        boolean same(Name one, Name other);
    }

    private static boolean created(Name type, MigrationFile file, int before, Sameness names) {
        return file.phrases().subList(0, before).stream()
                .anyMatch(phrase -> phrase.starts("CREATE TYPE")
                        && phrase.nameAfter("TYPE")
                                .filter(other -> names.same(other, type))
                                .isPresent());
    }

    private static List<FileHit> usedAtOnce(MigrationFile file, Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        List<Fragment> fragments = file.split().fragments();
        for (int i = 0; i < fragments.size(); i++) {
            Phrase phrase = file.phrases().get(i);
            if (!phrase.starts("ALTER TYPE") || !phrase.has("ADD VALUE") || !file.runsInTransaction()) {
                continue;
            }
            Matcher value = ADDED.matcher(fragments.get(i).text());
            int at = i;
            boolean unsafe = phrase.nameAfter("TYPE")
                    .filter(type -> deployment.environment().serverVersion() < USABLE_WITH_NEW_TYPE
                            || !created(
                                    type, file, at, (one, other) -> one.local().equals(other.local())))
                    .isPresent();
            if (unsafe && value.find()) {
                String literal = "'" + value.group(1) + "'";
                for (int j = i + 1; j < fragments.size(); j++) {
                    boolean adds = file.phrases().get(j).has("ADD VALUE");
                    if (!adds && fragments.get(j).text().contains(literal)) {
                        hits.add(FileHit.at(
                                        file, j, "The enum value %s is used before it is committed.".formatted(literal))
                                .safer("-- In a migration of its own, before this one:\n"
                                        + fragments.get(i).text() + ";"));
                        break;
                    }
                }
            }
        }
        return hits;
    }
}
