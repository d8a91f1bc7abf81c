package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import java.util.List;

/** What DROP does to the catalogue. */
final class DropReplay {
    private final Catalog catalog;

    DropReplay(Catalog catalog) {
        this.catalog = catalog;
    }

    void apply(Statement.DropObject drop) {
        for (Name name : drop.names()) {
            switch (drop.kind()) {
                case SCHEMA -> schema(name.local());
                case DATABASE -> catalog.databases.remove(name.local());
                case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE ->
                    catalog.relation(name).ifPresent(relation -> relation(relation, drop.cascade()));
                case INDEX -> index(catalog.resolve(name));
                case TYPE, DOMAIN -> type(catalog.resolve(name), drop.cascade());
                case ROUTINE -> routine(name, drop.cascade());
                case TRIGGER -> trigger(drop, name.local());
                case STATISTICS -> statistics(name.local());
                case POLICY, RULE, PUBLICATION, EXTENSION, TABLESPACE, SUBSCRIPTION, OTHER -> {}
            }
        }
    }

    private void schema(String schema) {
        catalog.schemas.remove(schema);
        for (Relation relation : catalog.relations()) {
            if (schema.equals(relation.name().schema())) {
                catalog.relations.remove(relation);
            }
        }
        List.copyOf(catalog.types.view().keySet()).stream()
                .filter(name -> schema.equals(name.schema()))
                .forEach(catalog.types::remove);
    }

    private void relation(Relation relation, boolean cascade) {
        for (Name name : Reach.from(catalog, relation.name(), dropped -> Reach.goneWith(catalog, dropped, cascade))) {
            if (cascade) {
                dropForeignKeys(name);
            }
            catalog.relation(name).ifPresent(catalog.relations::remove);
        }
    }

    private void dropForeignKeys(Name to) {
        for (Relation other : catalog.referencing(to)) {
            catalog.relations.put(other.withConstraints(other.constraints().stream()
                    .filter(constraint -> !to.equals(constraint.references()))
                    .toList()));
        }
    }

    private void index(Name index) {
        catalog.tableOfIndex(index)
                .ifPresent(table -> catalog.relations.replace(
                        table,
                        table.withIndexes(table.indexes().stream()
                                .filter(other -> !other.name().equals(index.local()))
                                .toList())));
    }

    private void type(Name type, boolean cascade) {
        if (cascade) {
            for (Relation table : catalog.tablesWith(type)) {
                catalog.relations.put(table.withColumns(table.columns().stream()
                        .filter(column -> !catalog.resolve(column.type().name()).equals(type))
                        .toList()));
            }
        }
        catalog.types.remove(type);
    }

    private void routine(Name name, boolean cascade) {
        catalog.routine(name).ifPresent(routine -> catalog.routines.remove(routine.name()));
        if (cascade) {
            for (Relation table : catalog.relations()) {
                List<Attachments.Trigger> triggers = table.attachments().triggers().stream()
                        .filter(trigger -> !trigger.function().local().equals(name.local()))
                        .toList();
                if (triggers.size() < table.attachments().triggers().size()) {
                    catalog.relations.put(
                            table.withAttachments(table.attachments().withTriggers(triggers)));
                }
            }
        }
    }

    private void trigger(Statement.DropObject drop, String name) {
        Name table = drop.table();
        if (table != null) {
            catalog.relation(table)
                    .ifPresent(found -> catalog.relations.put(found.withAttachments(found.attachments()
                            .withTriggers(found.attachments().triggers().stream()
                                    .filter(trigger -> !trigger.name().equals(name))
                                    .toList()))));
        }
    }

    private void statistics(String name) {
        for (Relation table : catalog.relations()) {
            List<Attachments.Statistics> rest = table.attachments().statistics().stream()
                    .filter(statistics -> !name.equals(statistics.name()))
                    .toList();
            if (rest.size() < table.attachments().statistics().size()) {
                catalog.relations.put(table.withAttachments(table.attachments().withStatistics(rest)));
            }
        }
    }
}
