package io.slipway.sql.catalog;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.IndexDefinition;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Uses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What CREATE does to the catalogue. */
final class CreateReplay {
    private final Catalog catalog;

    CreateReplay(Catalog catalog) {
        this.catalog = catalog;
    }

    void table(Statement.CreateTable statement) {
        Name name = catalog.created(statement.name(), statement.persistence() == Persistence.TEMPORARY);
        if (statement.ifNotExists() && catalog.relations.get(name) != null) {
            return;
        }
        Novelty novelty = statement.ifNotExists() ? Novelty.LIKELY_NEW : Novelty.NEW;
        Name parent = statement.partitionOf() == null ? null : catalog.resolve(statement.partitionOf());
        boolean complete = !statement.fromQuery()
                && statement.inherits().isEmpty()
                && statement.templates().isEmpty();
        Relation table = new Relation(
                name,
                statement.partitioned() ? Relation.Kind.PARTITIONED_TABLE : Relation.Kind.TABLE,
                statement.persistence(),
                novelty,
                complete && parent == null && !statement.ifNotExists(),
                columns(statement, novelty),
                List.of(),
                List.of(),
                Attachments.NONE
                        .withPartitionOf(parent, statement.bound())
                        .withPartitioning(statement.partitioning())
                        .withInherits(statement.inherits().stream()
                                .map(catalog::resolve)
                                .toList()),
                null);
        for (Constraint constraint : statement.allConstraints()) {
            table = with(table, constraint);
        }
        if (parent != null) {
            table = inherit(table, catalog.relationOrUnknown(parent));
        }
        catalog.relations.put(table);
    }

    private List<TableColumn> columns(Statement.CreateTable statement, Novelty novelty) {
        List<TableColumn> columns = new ArrayList<>();
        for (Name template : statement.templates()) {
            catalog.relation(template).ifPresent(known -> columns.addAll(known.columns()));
        }
        if (statement.partitionOf() != null) {
            catalog.relation(statement.partitionOf()).ifPresent(known -> columns.addAll(known.columns()));
        }
        for (Column column : statement.columns()) {
            columns.add(TableColumn.of(column, novelty));
        }
        return columns;
    }

    /** A partition gets the indexes and constraints of its parent. */
    private Relation inherit(Relation partition, Relation parent) {
        Relation result = partition;
        for (Index index : parent.indexes()) {
            result = result.plusIndex(new Index(
                    Naming.index(partition.name().local(), index.definition(), taken(result)),
                    index.unique(),
                    true,
                    index.definition()));
        }
        for (Constraint constraint : parent.constraints()) {
            if (!constraint.kind().hasIndex()) {
                result = result.plusConstraint(constraint);
            }
        }
        return result;
    }

    /** The table with one more constraint, under the name that PostgreSQL gives it, and with its index. */
    Relation with(Relation table, Constraint given) {
        Constraint constraint = named(table, catalog.resolved(given));
        Relation result = table;
        if (constraint.kind() == Constraint.Kind.NOT_NULL || constraint.kind() == Constraint.Kind.PRIMARY_KEY) {
            for (String column : columns(table, constraint)) {
                result =
                        constraint.validated() ? result.changeColumn(column, found -> found.withNotNull(true)) : result;
            }
        }
        if (constraint.kind() == Constraint.Kind.NOT_NULL && constraint.validated()) {
            return result;
        }
        result = result.plusConstraint(constraint);
        String name = constraint.name();
        if (!constraint.kind().hasIndex() || name == null) {
            return result;
        }
        String existing = constraint.usingIndex();
        if (existing != null) {
            return result.withIndexes(result.indexes().stream()
                    .map(index -> index.name().equals(existing) ? index.named(name) : index)
                    .toList());
        }
        return result.plusIndex(
                new Index(name, constraint.kind() != Constraint.Kind.EXCLUDE, true, definition(constraint)));
    }

    /** Those of the index where the constraint takes one over. */
    private static List<String> columns(Relation table, Constraint constraint) {
        String index = constraint.usingIndex();
        return index == null
                ? constraint.columns()
                : table.index(index).map(known -> known.definition().columns()).orElseGet(List::of);
    }

    private Constraint named(Relation table, Constraint constraint) {
        String existing = constraint.usingIndex();
        String name = constraint.name();
        if (name == null) {
            name = existing == null ? Naming.constraint(table.name().local(), constraint, taken(table)) : existing;
        }
        return new Constraint(
                name,
                constraint.kind(),
                columns(table, constraint),
                constraint.condition(),
                constraint.validated(),
                constraint.enforced(),
                constraint.noInherit(),
                constraint.deferrable(),
                constraint.foreignKey(),
                constraint.usingIndex());
    }

    /** Names that are in use in the table's schema. */
    private Set<String> taken(Relation table) {
        Set<String> taken = new HashSet<>();
        table.constraints().forEach(constraint -> {
            if (constraint.name() != null) {
                taken.add(constraint.name());
            }
        });
        table.indexes().forEach(index -> taken.add(index.name()));
        return taken;
    }

    private static IndexDefinition definition(Constraint constraint) {
        String method = constraint.kind() == Constraint.Kind.EXCLUDE ? "gist" : "btree";
        return new IndexDefinition(
                method,
                constraint.columns().stream()
                        .map(column -> new IndexDefinition.Key(
                                column, new Expression(Name.quoted(column), Uses.oneColumn(column))))
                        .toList(),
                List.of(),
                null,
                false);
    }

    void index(Statement.CreateIndex statement) {
        Relation table = catalog.relationOrUnknown(statement.table());
        String name = indexName(table, statement);
        if (catalog.relations.tableOf(table.name().sibling(name)) != null) {
            return;
        }
        boolean valid = !(statement.only() && table.isPartitioned());
        catalog.relations.put(table.plusIndex(new Index(name, statement.unique(), valid, statement.index())));
        if (table.isPartitioned() && !statement.only()) {
            for (Relation partition : Reach.below(catalog, table.name())) {
                String own = Naming.index(partition.name().local(), statement.index(), taken(partition));
                catalog.relations.put(partition.plusIndex(new Index(own, statement.unique(), true, statement.index())));
            }
        }
    }

    String indexName(Relation table, Statement.CreateIndex statement) {
        String name = statement.name();
        return name == null ? Naming.index(table.name().local(), statement.index(), taken(table)) : name;
    }

    /** A {@code *} stands for the columns that there are when the view is made, and for none that come later. */
    private Uses columnsOfNow(Uses reads) {
        if (!reads.allColumns() || reads.relations().size() != 1) {
            return reads;
        }
        return catalog.relation(reads.relations().getFirst())
                .filter(Relation::complete)
                .map(table -> reads.withAllColumns(
                        table.columns().stream().map(TableColumn::name).toList()))
                .orElse(reads);
    }

    void view(Statement.CreateView statement) {
        Name name = catalog.created(statement.name(), statement.temporary());
        Relation before = catalog.relations.get(name);
        if (statement.ifNotExists() && before != null) {
            return;
        }
        // OR REPLACE may have found one that clients use.
        Novelty novelty = statement.orReplace()
                ? before == null ? Novelty.EXISTING : before.novelty()
                : statement.ifNotExists() ? Novelty.LIKELY_NEW : Novelty.NEW;
        catalog.relations.put(new Relation(
                name,
                statement.materialized() ? Relation.Kind.MATERIALIZED_VIEW : Relation.Kind.VIEW,
                statement.temporary() ? Persistence.TEMPORARY : Persistence.PERMANENT,
                novelty,
                false,
                List.of(),
                List.of(),
                before == null ? List.of() : before.indexes(),
                Attachments.NONE.withReads(columnsOfNow(statement.reads())
                        .withRelations(statement.reads().relations().stream()
                                .map(catalog::resolve)
                                .toList())),
                null));
    }

    void object(Statement.CreateObject statement) {
        if (statement.kind() == ObjectKind.DATABASE) {
            catalog.databases.put(statement.name().local(), Novelty.NEW);
        } else if (statement.kind() == ObjectKind.TYPE) {
            Name name = catalog.created(statement.name(), false);
            catalog.types.put(name, new UserType.OtherType(name, Novelty.NEW));
        } else if (Replay.isKept(statement.kind())) {
            Relation.Kind kind =
                    statement.kind() == ObjectKind.SEQUENCE ? Relation.Kind.SEQUENCE : Relation.Kind.FOREIGN_TABLE;
            Name name = catalog.created(statement.name(), statement.temporary());
            catalog.relations.put(Relation.unknown(name).withKind(kind).withNovelty(Novelty.NEW));
        }
    }
}
