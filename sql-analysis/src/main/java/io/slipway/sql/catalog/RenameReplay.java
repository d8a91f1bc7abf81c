package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import java.util.List;

/** What renaming does to the catalogue. */
final class RenameReplay {
    private final Catalog catalog;

    RenameReplay(Catalog catalog) {
        this.catalog = catalog;
    }

    void apply(Statement.RenameObject rename) {
        if (rename.kind() == ObjectKind.SCHEMA) {
            schema(rename.name().local(), rename.to());
        } else if (rename.kind() == ObjectKind.INDEX) {
            index(catalog.resolve(rename.name()), rename.to());
        } else if (rename.kind().isRelation()) {
            catalog.relation(rename.name())
                    .ifPresent(before -> catalog.relations.replace(
                            before, before.named(before.name().sibling(rename.to()))));
        } else if (rename.kind() == ObjectKind.TYPE || rename.kind() == ObjectKind.DOMAIN) {
            type(catalog.resolve(rename.name()), rename.to());
        }
    }

    private void index(Name name, String to) {
        catalog.tableOfIndex(name)
                .ifPresent(table -> catalog.relations.replace(
                        table,
                        table.withIndexes(table.indexes().stream()
                                        .map(index -> index.name().equals(name.local()) ? index.named(to) : index)
                                        .toList())
                                .withConstraints(named(table, name.local(), to))));
    }

    private void type(Name name, String to) {
        UserType type = catalog.types.get(name);
        if (type == null) {
            return;
        }
        Name target = name.sibling(to);
        catalog.types.remove(name);
        catalog.types.put(
                target,
                switch (type) {
                    case UserType.EnumType known ->
                        new UserType.EnumType(target, known.values(), known.novelty(), known.addedHere());
                    case UserType.DomainType known ->
                        new UserType.DomainType(
                                target, known.base(), known.notNull(), known.constraints(), known.novelty());
                    case UserType.OtherType known -> new UserType.OtherType(target, known.novelty());
                });
    }

    private void schema(String from, String to) {
        Novelty novelty = catalog.schemas.get(from);
        if (novelty != null) {
            catalog.schemas.remove(from);
            catalog.schemas.put(to, novelty);
        }
        for (Relation relation : catalog.relations()) {
            if (from.equals(relation.name().schema())) {
                catalog.relations.replace(
                        relation, relation.named(new Name(to, relation.name().local())));
            }
        }
    }

    Relation column(Relation table, String from, String to) {
        return table.changeColumn(from, column -> column.named(to))
                .withConstraints(table.constraints().stream()
                        .map(constraint -> new Constraint(
                                constraint.name(),
                                constraint.kind(),
                                replaced(constraint.columns(), from, to),
                                constraint.condition(),
                                constraint.validated(),
                                constraint.enforced(),
                                constraint.noInherit(),
                                constraint.deferrable(),
                                constraint.foreignKey(),
                                constraint.usingIndex()))
                        .toList());
    }

    private static List<String> replaced(List<String> columns, String from, String to) {
        return columns.stream().map(column -> column.equals(from) ? to : column).toList();
    }

    Relation constraint(Relation table, String from, String to) {
        return table.withConstraints(named(table, from, to))
                .withIndexes(table.indexes().stream()
                        .map(index -> index.name().equals(from) ? index.named(to) : index)
                        .toList());
    }

    private static List<Constraint> named(Relation table, String from, String to) {
        return table.constraints().stream()
                .map(constraint -> from.equals(constraint.name())
                        ? new Constraint(
                                to,
                                constraint.kind(),
                                constraint.columns(),
                                constraint.condition(),
                                constraint.validated(),
                                constraint.enforced(),
                                constraint.noInherit(),
                                constraint.deferrable(),
                                constraint.foreignKey(),
                                constraint.usingIndex())
                        : constraint)
                .toList();
    }
}
