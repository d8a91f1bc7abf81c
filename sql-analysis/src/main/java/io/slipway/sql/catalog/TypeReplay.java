package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.catalog.UserType.DomainType;
import io.slipway.sql.catalog.UserType.EnumType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What statements about enums and domains do to the catalogue. */
final class TypeReplay {
    private final Catalog catalog;

    TypeReplay(Catalog catalog) {
        this.catalog = catalog;
    }

    void apply(TypeStatement statement) {
        switch (statement) {
            case TypeStatement.CreateEnum created -> {
                Name name = catalog.created(created.name(), false);
                catalog.types.put(name, new EnumType(name, created.values(), Novelty.NEW, List.of()));
            }
            case TypeStatement.CreateDomain created -> {
                Name name = catalog.created(created.name(), false);
                catalog.types.put(
                        name,
                        new DomainType(name, created.base(), created.notNull(), created.constraints(), Novelty.NEW));
            }
            case TypeStatement.AddEnumValue add -> addValue(add);
            case TypeStatement.RenameEnumValue rename -> {
                if (catalog.type(rename.type()).orElse(null) instanceof EnumType type) {
                    List<String> values = type.values().stream()
                            .map(value -> value.equals(rename.from()) ? rename.to() : value)
                            .toList();
                    catalog.types.put(type.name(), new EnumType(type.name(), values, type.novelty(), type.addedHere()));
                }
            }
            case TypeStatement.AlterDomain alter -> alter(alter);
        }
    }

    private void addValue(TypeStatement.AddEnumValue add) {
        Name name = catalog.resolve(add.type());
        EnumType type = catalog.type(name).orElse(null) instanceof EnumType known
                ? known
                : new EnumType(name, List.of(), Novelty.EXISTING, List.of());
        List<String> values = new ArrayList<>(type.values());
        List<String> added = new ArrayList<>(type.addedHere());
        if (!values.contains(add.value())) {
            values.add(add.value());
            added.add(add.value());
        }
        catalog.types.put(name, new EnumType(name, values, type.novelty(), added));
    }

    private void alter(TypeStatement.AlterDomain alter) {
        if (!(catalog.type(alter.name()).orElse(null) instanceof DomainType domain)) {
            return;
        }
        switch (alter.change()) {
            case ADD_CONSTRAINT -> put(domain, domain.notNull(), plus(domain.constraints(), alter.constraint()));
            case DROP_CONSTRAINT ->
                put(
                        domain,
                        domain.notNull(),
                        domain.constraints().stream()
                                .filter(constraint -> alter.constraintName() == null
                                        || !alter.constraintName().equals(constraint.name()))
                                .toList());
            case SET_NOT_NULL -> put(domain, true, domain.constraints());
            case DROP_NOT_NULL -> put(domain, false, domain.constraints());
            case VALIDATE_CONSTRAINT, RENAME_CONSTRAINT, SET_DEFAULT, DROP_DEFAULT, RENAME, SET_SCHEMA -> {}
        }
    }

    private void put(DomainType domain, boolean notNull, List<Constraint> constraints) {
        catalog.types.put(
                domain.name(), new DomainType(domain.name(), domain.base(), notNull, constraints, domain.novelty()));
    }

    private static List<Constraint> plus(List<Constraint> constraints, @Nullable Constraint added) {
        List<Constraint> all = new ArrayList<>(constraints);
        if (added != null) {
            all.add(added);
        }
        return all;
    }
}
