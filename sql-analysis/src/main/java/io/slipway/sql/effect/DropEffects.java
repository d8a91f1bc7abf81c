package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** DROP. */
final class DropEffects {
    private final Draft draft;
    /** What the statement names, and what it was seen to take with it. */
    private final Set<Name> dropped = new HashSet<>();

    private final Set<Name> done = new HashSet<>();

    DropEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(Statement.DropObject drop) {
        switch (drop.kind()) {
            case INDEX -> new IndexEffects(draft).drop(drop);
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE -> relations(drop);
            case SCHEMA -> drop.names().forEach(schema -> schema(schema.local(), drop.cascade()));
            case TYPE, DOMAIN -> drop.names().forEach(type -> type(draft.catalog.resolve(type), drop.cascade()));
            case ROUTINE -> drop.names().forEach(routine -> routine(routine, drop.cascade()));
            case TRIGGER, POLICY, RULE -> {
                Name table = drop.table();
                if (table != null) {
                    draft.lock(table, ACCESS_EXCLUSIVE);
                }
                definitions(drop);
            }
            case STATISTICS -> {
                for (Relation table : draft.catalog.relations()) {
                    if (table.attachments().statistics().stream().anyMatch(known -> drop.names().stream()
                            .anyMatch(name -> name.local().equals(known.name())))) {
                        draft.lock(table, SHARE_UPDATE_EXCLUSIVE);
                    }
                }
            }
            case PUBLICATION ->
                drop.names().forEach(name -> draft.replication(ReplicationEffect.Kind.PUBLICATION_CHANGED, name));
            case DATABASE, TABLESPACE, SUBSCRIPTION -> {
                draft.outsideTransaction();
                drop.names()
                        .forEach(name -> draft.lose(Loss.Kind.DATA, drop.kind().words() + " " + name.sql()));
            }
            case EXTENSION -> {
                definitions(drop);
                draft.unknown("What an extension takes with it is not known here.");
            }
            case OTHER -> definitions(drop);
        }
    }

    private void definitions(Statement.DropObject drop) {
        drop.names()
                .forEach(name -> draft.lose(Loss.Kind.DEFINITION, drop.kind().words() + " " + name.sql()));
    }

    private void relations(Statement.DropObject drop) {
        List<Relation> known = drop.names().stream()
                .filter(name -> !drop.ifExists() || draft.catalog.relation(name).isPresent())
                .map(draft.catalog::relationOrUnknown)
                .toList();
        known.forEach(relation -> dropped.add(relation.name()));
        drop.names().forEach(name -> {
            if (drop.ifExists() && draft.catalog.relation(name).isEmpty()) {
                unknownToCatalogue(drop, name);
            }
        });
        known.forEach(relation -> relation(relation, drop.kind(), drop.cascade()));
    }

    /** IF EXISTS on something that nobody has told of: if it is there, it goes. */
    private void unknownToCatalogue(Statement.DropObject drop, Name name) {
        boolean data = drop.kind() == ObjectKind.TABLE || drop.kind() == ObjectKind.MATERIALIZED_VIEW;
        draft.lose(data ? Loss.Kind.DATA : Loss.Kind.DEFINITION, drop.kind().words() + " " + name.sql());
        draft.unknown("Whether %s exists is not known; if it does, it is dropped under ACCESS EXCLUSIVE."
                .formatted(name.sql()));
    }

    private void relation(Relation first, ObjectKind kind, boolean cascade) {
        for (Name name :
                Reach.from(draft.catalog, first.name(), gone -> Reach.goneWith(draft.catalog, gone, cascade))) {
            Relation relation = draft.catalog.relationOrUnknown(name);
            if (done.add(relation.name())) {
                single(relation, relation.name().equals(first.name()) ? kind : kind(relation), cascade);
            }
        }
    }

    private static ObjectKind kind(Relation relation) {
        return switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> ObjectKind.TABLE;
            case VIEW -> ObjectKind.VIEW;
            case MATERIALIZED_VIEW -> ObjectKind.MATERIALIZED_VIEW;
            case SEQUENCE -> ObjectKind.SEQUENCE;
        };
    }

    private void single(Relation relation, ObjectKind kind, boolean cascade) {
        dropped.add(relation.name());
        draft.lock(
                relation.name(),
                switch (kind) {
                    case VIEW -> LockTaken.Target.VIEW;
                    case SEQUENCE -> LockTaken.Target.SEQUENCE;
                    case TABLE,
                            FOREIGN_TABLE,
                            MATERIALIZED_VIEW,
                            INDEX,
                            SCHEMA,
                            DATABASE,
                            TYPE,
                            DOMAIN,
                            ROUTINE,
                            TRIGGER,
                            POLICY,
                            RULE,
                            STATISTICS,
                            PUBLICATION,
                            EXTENSION,
                            TABLESPACE,
                            SUBSCRIPTION,
                            OTHER -> LockTaken.Target.TABLE;
                },
                ACCESS_EXCLUSIVE);
        draft.lockIndexes(relation, ACCESS_EXCLUSIVE);
        boolean data = kind == ObjectKind.TABLE && draft.catalog.novelty(relation.name()) != Novelty.NEW;
        draft.lose(
                data ? Loss.Kind.DATA : Loss.Kind.DEFINITION,
                kind.words() + " " + relation.name().sql());
        draft.client(ClientEffect.Kind.RELATION_GONE, relation.name(), kind.words());
        around(relation, cascade);
        if (!cascade) {
            views(relation);
        }
    }

    /** The parent of a partition, and both ends of foreign keys. */
    private void around(Relation relation, boolean cascade) {
        Name parent = relation.attachments().partitionOf();
        if (parent != null && !dropped.contains(parent)) {
            draft.lock(parent, ACCESS_EXCLUSIVE);
        }
        for (Constraint key : relation.foreignKeys()) {
            Name other = key.references();
            if (other != null) {
                draft.lock(other, ACCESS_EXCLUSIVE);
            }
        }
        for (Relation other : draft.catalog.referencing(relation.name())) {
            if (cascade) {
                draft.lock(other, ACCESS_EXCLUSIVE);
            } else if (!dropped.contains(other.name())) {
                draft.fail("A foreign key of %s refers to %s."
                        .formatted(other.name().sql(), relation.name().sql()));
            }
        }
    }

    private void views(Relation relation) {
        for (Relation view : draft.catalog.viewsOn(relation.name())) {
            if (!dropped.contains(view.name())) {
                draft.fail("The view %s depends on %s."
                        .formatted(view.name().sql(), relation.name().sql()));
            }
        }
    }

    private void schema(String schema, boolean cascade) {
        List<Relation> inside = draft.catalog.relations().stream()
                .filter(relation -> schema.equals(relation.name().schema()))
                .toList();
        if (!inside.isEmpty() && !cascade) {
            draft.fail("The schema %s is not empty.".formatted(Name.quoted(schema)));
        }
        draft.lose(
                draft.catalog.schemaNovelty(schema) == Novelty.NEW ? Loss.Kind.DEFINITION : Loss.Kind.DATA,
                "schema " + Name.quoted(schema));
        inside.forEach(relation -> dropped.add(relation.name()));
        for (Relation relation : inside) {
            relation(relation, kind(relation), cascade);
        }
    }

    private void type(Name type, boolean cascade) {
        List<Relation> users = draft.catalog.tablesWith(type);
        if (!users.isEmpty() && !cascade) {
            draft.fail("%s has a column of the type %s."
                    .formatted(users.getFirst().name().sql(), type.sql()));
        }
        draft.lose(Loss.Kind.DEFINITION, "type " + type.sql());
        for (Relation user : users) {
            draft.lock(user, ACCESS_EXCLUSIVE);
            String columns = user.columns().stream()
                    .filter(column ->
                            draft.catalog.resolve(column.type().name()).equals(type))
                    .map(TableColumn::name)
                    .collect(Collectors.joining(", "));
            draft.lose(
                    Loss.Kind.DATA,
                    "columns %s of %s".formatted(columns, user.name().sql()));
            draft.client(ClientEffect.Kind.COLUMN_GONE, user.name(), columns);
        }
        if (cascade && users.isEmpty()) {
            draft.unknown("Columns of the type %s that are not known here go with it.".formatted(type.sql()));
        }
    }

    private void routine(Name routine, boolean cascade) {
        draft.lose(Loss.Kind.DEFINITION, "routine " + routine.sql());
        draft.client(ClientEffect.Kind.ROUTINE_GONE, routine, "");
        for (Relation table : draft.catalog.relations()) {
            boolean called = table.attachments().triggers().stream()
                    .anyMatch(trigger -> trigger.function().local().equals(routine.local()));
            if (called && cascade) {
                draft.lock(table, ACCESS_EXCLUSIVE);
            } else if (called) {
                draft.fail("A trigger of %s calls %s.".formatted(table.name().sql(), routine.sql()));
            }
        }
    }
}
