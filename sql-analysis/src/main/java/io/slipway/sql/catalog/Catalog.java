package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a database as far as it is known: from records that a service has read from the live one, and from the
 * statements that were replayed since. What was never heard of is unknown, which is not the same as absent. Not
 * thread-safe.
 */
public final class Catalog {
    private static final String TEMPORARY_SCHEMA = "pg_temp";

    private final List<String> usualPath;
    private final Journal journal = new Journal();
    private final Transactions transactions = new Transactions(journal);

    final Relations relations = new Relations(journal);
    final Journal.Entries<Name, UserType> types = journal.new Entries<>();
    final Journal.Entries<Name, Routine> routines = journal.new Entries<>();
    final Journal.Entries<String, Novelty> schemas = journal.new Entries<>();
    final Journal.Entries<String, Novelty> databases = journal.new Entries<>();
    final Journal.Entries<String, String> settings = journal.new Entries<>();
    private List<String> path;
    private @Nullable String usualTimeZone;

    /** @param usualPath schemas that names without one are looked for in, the first for what is created */
    public Catalog(List<String> usualPath) {
        if (usualPath.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one schema in the search path, found none");
        }
        this.usualPath = List.copyOf(usualPath);
        this.path = this.usualPath;
    }

    public Catalog(String defaultSchema) {
        this(List.of(defaultSchema));
    }

    /** Takes in a relation that the live database has. */
    public Catalog add(Relation relation) {
        relations.put(relation);
        journal.settle();
        return this;
    }

    /** Takes in a type that the live database has. */
    public Catalog add(UserType type) {
        types.put(type.name(), type);
        journal.settle();
        return this;
    }

    /** Takes in a function or procedure that the live database has. */
    public Catalog add(Routine routine) {
        routines.put(routine.name(), routine);
        journal.settle();
        return this;
    }

    /**
     * Declares that all which was replayed so far is there already, with rows in it: it came from migrations that have
     * run. What the statements did not touch stays unknown.
     */
    public Catalog asExisting() {
        for (Relation relation : relations()) {
            relations.put(relation.withNovelty(Novelty.EXISTING)
                    .withColumns(relation.columns().stream()
                            .map(TableColumn::asExisting)
                            .toList()));
        }
        types.view().replaceAll((name, type) -> type.asExisting());
        routines.view().replaceAll((name, routine) -> new Routine(name, routine.volatility(), Novelty.EXISTING));
        schemas.view().clear();
        databases.view().clear();
        journal.settle();
        return this;
    }

    /** Says how large a table is, whether or not anything else is known of it. */
    public Catalog size(Name table, TableSize size) {
        Name full = resolve(table);
        Relation known = relations.get(full);
        return add((known == null ? Relation.unknown(full) : known).withSize(size));
    }

    /** Says in which time zone sessions are unless they set one; unknown otherwise. */
    public Catalog timeZone(String zone) {
        usualTimeZone = zone;
        return this;
    }

    /** Takes note of what the statement creates, changes or drops. Its parts are statements of their own. */
    public void apply(Statement statement) {
        new Replay(this).apply(statement);
    }

    /** Temporary tables, settings and an open transaction end with the session of a script. */
    public void startScript() {
        relations
                .where(relation -> TEMPORARY_SCHEMA.equals(relation.name().schema()))
                .forEach(relations::remove);
        List.copyOf(settings.view().keySet()).forEach(settings::remove);
        path = usualPath;
        committed();
        transactions.startScript();
    }

    Transactions transactions() {
        return transactions;
    }

    /** Values that were added to enums can be used from here on. */
    void committed() {
        types.view()
                .replaceAll((name, type) -> type instanceof UserType.EnumType known
                                && !known.addedHere().isEmpty()
                        ? new UserType.EnumType(name, known.values(), known.novelty(), List.of())
                        : type);
    }

    /** @param schemas empty for the usual ones */
    void searchPath(List<String> schemas) {
        List<String> plain =
                schemas.stream().filter(schema -> !schema.equals("$user")).toList();
        path = plain.isEmpty() ? usualPath : plain;
    }

    /** The session's time zone where a script has set it or a service has said it. */
    public Optional<String> timeZone() {
        return Optional.ofNullable(settings.view().getOrDefault("timezone", usualTimeZone));
    }

    /** The name with its schema: that of the first relation, index, or type of the search path which is called so. */
    public Name resolve(Name name) {
        if (name.schema() != null) {
            return name;
        }
        Name temporary = name.in(TEMPORARY_SCHEMA);
        if (relations.get(temporary) != null) {
            return temporary;
        }
        for (String schema : path) {
            Name full = name.in(schema);
            if (relations.get(full) != null || relations.tableOf(full) != null || types.get(full) != null) {
                return full;
            }
        }
        return name.in(path.getFirst());
    }

    /** The name that something new gets. */
    Name created(Name name, boolean temporary) {
        return temporary ? new Name(TEMPORARY_SCHEMA, name.local()) : name.in(path.getFirst());
    }

    /** Empty where nothing is known. */
    public Optional<Relation> relation(Name name) {
        return Optional.ofNullable(relations.get(resolve(name)));
    }

    /** The relation, with nothing but its name where it is unknown. */
    public Relation relationOrUnknown(Name name) {
        return relation(name).orElseGet(() -> Relation.unknown(resolve(name)));
    }

    /** The table or materialized view that an index belongs to. */
    public Optional<Relation> tableOfIndex(Name index) {
        return Optional.ofNullable(relations.tableOf(resolve(index))).flatMap(this::relation);
    }

    public Optional<UserType> type(Name name) {
        return Optional.ofNullable(types.get(resolve(name)));
    }

    /** Of a domain its definition; empty for anything else and for what is not known. */
    public Optional<UserType.DomainType> domain(DataType type) {
        return type.isArray()
                ? Optional.empty()
                : type(type.name())
                        .filter(UserType.DomainType.class::isInstance)
                        .map(UserType.DomainType.class::cast);
    }

    public Optional<Routine> routine(Name name) {
        if (name.schema() != null) {
            return Optional.ofNullable(routines.get(name));
        }
        return path.stream()
                .flatMap(schema -> Optional.ofNullable(routines.get(name.in(schema))).stream())
                .findFirst();
    }

    public Collection<Relation> relations() {
        return relations.list();
    }

    /** Direct partitions and children of plain inheritance. */
    public List<Relation> children(Name parent) {
        return relations.children(resolve(parent));
    }

    /** Tables with a foreign key to this one, itself left out. */
    public List<Relation> referencing(Name table) {
        return relations.referencing(resolve(table));
    }

    /** Views and materialized views whose query reads this relation. */
    public List<Relation> viewsOn(Name relation) {
        return relations.viewsOn(resolve(relation));
    }

    /** Tables with a column of the type, or of arrays of it. */
    public List<Relation> tablesWith(Name type) {
        Name full = resolve(type);
        return relations.where(relation -> !relation.name().equals(full)
                && relation.columns().stream()
                        .anyMatch(column -> resolve(column.type().name()).equals(full)));
    }

    /** Whether the pending scripts have created a relation. */
    public Novelty novelty(Name name) {
        Name full = resolve(name);
        if (TEMPORARY_SCHEMA.equals(full.schema())) {
            return Novelty.NEW;
        }
        Relation known = relations.get(full);
        Novelty own = known == null ? Novelty.EXISTING : known.novelty();
        return own.existing() && full.schema() != null ? schemaNovelty(full.schema()) : own;
    }

    /** Whether the pending scripts have created a column, be it with its table. */
    public Novelty novelty(Name table, String column) {
        Novelty whole = novelty(table);
        return whole.existing()
                ? relation(table)
                        .flatMap(known -> known.column(column))
                        .map(TableColumn::novelty)
                        .orElse(Novelty.EXISTING)
                : whole;
    }

    public Novelty schemaNovelty(String schema) {
        return schemas.view().getOrDefault(schema, Novelty.EXISTING);
    }

    public Novelty databaseNovelty(String database) {
        return databases.view().getOrDefault(database, Novelty.EXISTING);
    }

    /** The foreign key's other table with its schema, so that it can be looked for. */
    Constraint resolved(Constraint constraint) {
        Name other = constraint.references();
        return other == null ? constraint : Relations.pointedTo(constraint, other, resolve(other));
    }
}
