package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DESIGN;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How things should be called, and what one script should be about. */
final class NameAdvice {
    /** NAMEDATALEN - 1, in bytes of UTF-8. */
    private static final int LONGEST = 63;

    private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private NameAdvice() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("identifier-too-long")
                        .warning(DESIGN, "A name of more than 63 bytes")
                        .happens(
                                "PostgreSQL cuts it off in silence: another name than was written, and two that begin alike become one.")
                        .bad(
                                "CREATE TABLE t (a_name_that_goes_on_and_on_until_it_has_more_than_sixty_three_bytes int);")
                        .good("CREATE TABLE t (a int);")
                        .statement((statement, situation) -> made(statement).stream()
                                .filter(name -> bytes(name) > LONGEST)
                                .limit(1)
                                .map(name -> situation.hit("%s has %d bytes; PostgreSQL keeps %d of them."
                                        .formatted(Name.quoted(name), bytes(name), LONGEST)))
                                .toList()),
                TableAdvice.advice("lower-case-names", "A name in capitals, which must be quoted for ever")
                        .happens("Every statement that names it must quote it, and many tools do not.")
                        .bad("CREATE TABLE \"Orders\" (id bigint);")
                        .good("CREATE TABLE Orders (id bigint);")
                        .statement((statement, situation) -> made(statement).stream()
                                .filter(name -> !name.equals(name.toLowerCase(java.util.Locale.ROOT)))
                                .limit(1)
                                .map(name -> situation.hit("%s has capitals.".formatted(Name.quoted(name))))
                                .toList()),
                TableAdvice.advice(
                                "naming-conventions",
                                "A name that is not words in lower case with underscores between them")
                        .happens("Names of one schema in several styles are mistyped more often than read.")
                        .bad("CREATE TABLE \"order items\" (id bigint);", "CREATE TABLE order__items (id bigint);")
                        .good("CREATE TABLE order_items (id bigint);")
                        .statement((statement, situation) -> made(statement).stream()
                                .filter(name -> !SNAKE.matcher(name).matches())
                                .limit(1)
                                .map(name -> situation.hit("%s is not snake_case.".formatted(Name.quoted(name))))
                                .toList()),
                TableAdvice.advice("reserved-words", "A name that is a reserved word")
                        .happens("Every statement that names it must quote it.")
                        .bad("CREATE TABLE \"order\" (id bigint);", "CREATE TABLE t (\"user\" text);")
                        .good("CREATE TABLE orders (id bigint);")
                        .statement((statement, situation) -> made(statement).stream()
                                .filter(name -> SNAKE.matcher(name).matches()
                                        && Name.quoted(name).startsWith("\""))
                                .limit(1)
                                .map(name -> situation.hit("%s is a reserved word.".formatted(Name.quoted(name))))
                                .toList()),
                TableAdvice.advice("require-index-name", "CREATE INDEX without a name")
                        .happens(
                                "PostgreSQL chooses one, and another one where that is taken: the undo script cannot know it.")
                        .bad("CREATE INDEX CONCURRENTLY ON orders (a);")
                        .good("CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);")
                        .statement((statement, situation) ->
                                statement instanceof Statement.CreateIndex index && index.name() == null
                                        ? List.of(Hit.of(
                                                index.span(),
                                                "The index on %s has no name."
                                                        .formatted(index.table().sql())))
                                        : List.of()),
                TableAdvice.advice("named-constraints", "A constraint without a name")
                        .happens(
                                "PostgreSQL chooses one, and another one where that is taken: the undo script cannot know it.")
                        .bad("ALTER TABLE orders ADD CHECK (a > 0) NOT VALID;")
                        .good("ALTER TABLE orders ADD CONSTRAINT a_positive CHECK (a > 0) NOT VALID;")
                        .statement((statement, situation) -> statement instanceof Statement.AlterTable alter
                                ? alter.actions().stream()
                                        .filter(action -> action instanceof TableAction.AddConstraint add
                                                && add.constraint().name() == null
                                                && add.constraint().kind() != Constraint.Kind.NOT_NULL)
                                        .map(action -> Hit.of(
                                                action.span(),
                                                "A constraint of %s has no name."
                                                        .formatted(alter.name().sql())))
                                        .toList()
                                : List.of()),
                TableAdvice.advice("require-schema-qualified", "A table without its schema")
                        .happens("Which one is meant depends on the search path of whoever runs it.")
                        .bad("CREATE TABLE t (a int);", "ALTER TABLE t ADD a int;")
                        .good(
                                "CREATE TABLE shop.t (a int);",
                                "CREATE TEMP TABLE t (a int);",
                                "SET search_path = shop; CREATE TABLE t (a int);")
                        .statement(NameAdvice::unqualified),
                TableAdvice.advice("one-concern-per-file", "A script that changes several tables")
                        .happens("It fails as a whole, is undone as a whole, and holds all its locks to the end.")
                        .bad("ALTER TABLE orders ADD a int; ALTER TABLE items ADD b int;")
                        .good("ALTER TABLE orders ADD a int; ALTER TABLE orders ADD b int;")
                        .file(NameAdvice::severalTables),
                TableAdvice.advice("index-in-own-file", "CREATE INDEX beside other changes of an existing table")
                        .happens(
                                "An index is built best without a transaction, and then nothing else can be in the script.")
                        .bad("ALTER TABLE orders ADD a int; CREATE INDEX orders_a ON orders (a);")
                        .good(
                                "CREATE INDEX CONCURRENTLY orders_a ON orders (a);",
                                "CREATE TABLE t (a int); CREATE INDEX i ON t (a);")
                        .file(NameAdvice::indexBesideOthers),
                TableAdvice.advice("data-and-schema-mixed", "Rows and schema changed in one script")
                        .happens(
                                "A schema change is short, and a change of rows is not; each is undone in another way.")
                        .bad("ALTER TABLE orders ADD a int; UPDATE settings SET v = 1 WHERE k = 'x';")
                        .good("ALTER TABLE orders ADD a int;", "CREATE TABLE t (a int); INSERT INTO t VALUES (1);")
                        .file(NameAdvice::mixed));
    }

    /** The names that a statement gives. */
    private static List<String> made(Statement statement) {
        List<String> names = new ArrayList<>();
        switch (statement) {
            case Statement.CreateTable create -> {
                names.add(create.name().local());
                create.columns().forEach(column -> names.add(column.name()));
                create.allConstraints().forEach(constraint -> Optional.ofNullable(constraint.name())
                        .ifPresent(names::add));
            }
            case Statement.CreateIndex index ->
                Optional.ofNullable(index.name()).ifPresent(names::add);
            case Statement.CreateView view -> names.add(view.name().local());
            case Statement.CreateSchema schema -> names.add(schema.name());
            case Statement.AlterTable alter ->
                alter.actions().forEach(action -> {
                    switch (action) {
                        case TableAction.AddColumn add -> names.add(add.column().name());
                        case TableAction.RenameColumn rename -> names.add(rename.to());
                        case TableAction.RenameTable rename -> names.add(rename.to());
                        case TableAction.AddConstraint add ->
                            Optional.ofNullable(add.constraint().name()).ifPresent(names::add);
                        default -> {}
                    }
                });
            default -> {}
        }
        return names;
    }

    private static int bytes(String name) {
        return name.codePoints()
                .map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    private static List<Hit> unqualified(Statement statement, Situation situation) {
        Name name =
                switch (statement) {
                    case Statement.CreateTable create
                    when create.persistence() != Persistence.TEMPORARY -> create.name();
                    case Statement.AlterTable alter -> alter.name();
                    default -> null;
                };
        boolean pathSet = situation.preceding().stream().anyMatch(Statement.SetSearchPath.class::isInstance);
        return name != null && name.schema() == null && !pathSet
                ? List.of(situation.hit("%s is named without its schema.".formatted(name.sql())))
                : List.of();
    }

    private static List<FileHit> severalTables(MigrationFile file, Deployment deployment) {
        Set<Name> tables = new java.util.LinkedHashSet<>();
        for (int i = 0; i < file.statements().size(); i++) {
            if (file.statements().get(i) instanceof Statement.AlterTable alter
                    && tables.add(alter.name())
                    && tables.size() == 2) {
                return List.of(FileHit.at(
                        file,
                        i,
                        "%s is the second table that this script changes."
                                .formatted(alter.name().sql())));
            }
        }
        return List.of();
    }

    private static List<FileHit> indexBesideOthers(MigrationFile file, Deployment deployment) {
        boolean alters = file.statements().stream().anyMatch(Statement.AlterTable.class::isInstance);
        Set<Name> created = created(file);
        for (int i = 0; i < file.statements().size(); i++) {
            if (alters
                    && file.statements().get(i) instanceof Statement.CreateIndex index
                    && !created.contains(index.table())) {
                return List.of(FileHit.at(
                        file,
                        i,
                        "The index on %s stands beside other changes."
                                .formatted(index.table().sql())));
            }
        }
        return List.of();
    }

    private static List<FileHit> mixed(MigrationFile file, Deployment deployment) {
        boolean alters = file.statements().stream().anyMatch(Statement.AlterTable.class::isInstance);
        Set<Name> created = created(file);
        for (int i = 0; i < file.statements().size(); i++) {
            Optional<Name> rows = rows(file.statements().get(i));
            if (alters && rows.filter(table -> !created.contains(table)).isPresent()) {
                return List.of(FileHit.at(
                        file,
                        i,
                        "Rows of %s are changed beside the schema."
                                .formatted(rows.get().sql())));
            }
        }
        return List.of();
    }

    private static Optional<Name> rows(Statement statement) {
        return switch (statement) {
            case Statement.Update update -> Optional.of(update.table());
            case Statement.Delete delete -> Optional.of(delete.table());
            case Statement.Insert insert -> Optional.of(insert.table());
            default -> Optional.empty();
        };
    }

    private static Set<Name> created(MigrationFile file) {
        Set<Name> created = new java.util.HashSet<>();
        file.statements().forEach(statement -> {
            if (statement instanceof Statement.CreateTable create) {
                created.add(create.name());
            }
        });
        return created;
    }
}
