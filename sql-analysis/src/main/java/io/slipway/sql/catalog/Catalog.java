package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

    final Journal.Entries<Name, Relation> relations = journal.new Entries<>();
    final Journal.Entries<Name, UserType> types = journal.new Entries<>();
    final Journal.Entries<Name, Routine> routines = journal.new Entries<>();
    final Journal.Entries<String, Novelty> schemas = journal.new Entries<>();
    final Journal.Entries<String, Novelty> databases = journal.new Entries<>();
    /** The table of each index. */
    final Journal.Entries<Name, Name> indexTables = journal.new Entries<>();

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
        put(relation);
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
            relations.put(
                    relation.name(),
                    relation.withNovelty(Novelty.EXISTING)
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
        for (Name name : List.copyOf(relations.view().keySet())) {
            if (TEMPORARY_SCHEMA.equals(name.schema())) {
                relations.remove(name);
            }
        }
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
            if (relations.get(full) != null || indexTables.get(full) != null || types.get(full) != null) {
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
        return Optional.ofNullable(indexTables.get(resolve(index))).flatMap(this::relation);
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
        return List.copyOf(relations.view().values());
    }

    /** Direct partitions and children of plain inheritance. */
    public List<Relation> children(Name parent) {
        Name full = resolve(parent);
        return where(relation -> full.equals(relation.attachments().partitionOf())
                || relation.attachments().inherits().contains(full));
    }

    /** Tables with a foreign key to this one, itself left out. */
    public List<Relation> referencing(Name table) {
        Name full = resolve(table);
        return where(relation -> !relation.name().equals(full)
                && relation.foreignKeys().stream().anyMatch(key -> full.equals(key.references())));
    }

    /** Views and materialized views whose query reads this relation. */
    public List<Relation> viewsOn(Name relation) {
        Name full = resolve(relation);
        return where(view -> view.attachments().reads().relations().contains(full));
    }

    /** Tables with a column of the type, or of arrays of it. */
    public List<Relation> tablesWith(Name type) {
        Name full = resolve(type);
        return where(relation -> !relation.name().equals(full)
                && relation.columns().stream()
                        .anyMatch(column -> resolve(column.type().name()).equals(full)));
    }

    private List<Relation> where(Predicate<Relation> condition) {
        List<Relation> found = new ArrayList<>();
        for (Relation relation : relations.view().values()) {
            if (condition.test(relation)) {
                found.add(relation);
            }
        }
        found.sort(Comparator.comparing(relation -> relation.name().sql()));
        return found;
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

    void put(Relation relation) {
        relations.put(relation.name(), relation);
        relation.indexes().forEach(index -> indexTables.put(relation.name().sibling(index.name()), relation.name()));
    }

    void remove(Relation relation) {
        relations.remove(relation.name());
        relation.indexes().forEach(index -> indexTables.remove(relation.name().sibling(index.name())));
    }

    /** Replaces the relation by what it has become, under whatever name. */
    void replace(Relation before, Relation after) {
        if (!before.equals(after)) {
            remove(before);
            put(after);
        }
    }

    /** The foreign key's other table with its schema, so that it can be looked for. */
    Constraint resolved(Constraint constraint) {
        var key = constraint.foreignKey();
        return new Constraint(
                constraint.name(),
                constraint.kind(),
                constraint.columns(),
                constraint.condition(),
                constraint.validated(),
                constraint.enforced(),
                constraint.noInherit(),
                constraint.deferrable(),
                key == null
                        ? null
                        : new Constraint.ForeignKey(
                                resolve(key.table()), key.columns(), key.onDelete(), key.onUpdate()),
                constraint.usingIndex());
    }
}
