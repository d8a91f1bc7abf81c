package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Index;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.TableScan.Why;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE INDEX, DROP INDEX and ALTER INDEX. */
final class IndexEffects {
    private final Draft draft;

    IndexEffects(Draft draft) {
        this.draft = draft;
    }

    void create(Statement.CreateIndex index) {
        Relation table = draft.catalog.relationOrUnknown(index.table());
        if (index.concurrently()) {
            draft.outsideTransaction();
            if (table.isPartitioned()) {
                draft.fail("An index on a partitioned table cannot be built concurrently.");
            }
        }
        LockMode mode = index.concurrently() ? SHARE_UPDATE_EXCLUSIVE : SHARE;
        String name = index.name();
        // What a concurrent build that failed has left is dropped before the next one.
        boolean exists = name != null
                && table.index(name)
                        .filter(found -> found.valid() || !index.concurrently())
                        .isPresent();
        draft.lock(table, mode);
        if (exists) {
            if (!index.ifNotExists()) {
                draft.fail("There is an index %s already.".formatted(Name.quoted(Objects.requireNonNull(name))));
            }
            return;
        }
        build(table, index, mode, name);
        if (!index.only()) {
            Reach.from(draft.catalog, table.name(), this::partitions).stream()
                    .skip(1)
                    .forEach(partition -> build(draft.catalog.relationOrUnknown(partition), index, mode, null));
        }
    }

    private List<Name> partitions(Relation table) {
        return draft.catalog.children(table.name()).stream()
                .filter(child -> child.attachments().partitionOf() != null)
                .map(Relation::name)
                .toList();
    }

    private void build(Relation table, Statement.CreateIndex index, LockMode mode, @Nullable String name) {
        draft.lock(table, mode);
        if (table.kind().hasStorage()) {
            draft.build(table, name == null ? unnamed(table, index) : name, IndexBuild.Kind.NEW, false);
            draft.scan(table.name(), Why.INDEX_BUILD, true);
            if (index.concurrently()) {
                draft.scan(table.name(), Why.INDEX_BUILD, true);
            }
        }
        if (index.unique()) {
            draft.client(ClientEffect.Kind.VALUES_REFUSED, table.name(), "unique index");
        }
    }

    private static String unnamed(Relation table, Statement.CreateIndex index) {
        return table.name().local() + "_" + String.join("_", index.index().columns()) + "_idx";
    }

    void alter(Statement.AlterTable alter) {
        Name index = draft.catalog.resolve(alter.name());
        for (TableAction action : alter.actions()) {
            switch (action) {
                case TableAction.TableSetting setting
                when setting.kind() == TableAction.TableSetting.Kind.TABLESPACE -> {
                    draft.lock(index, Target.INDEX, ACCESS_EXCLUSIVE);
                    draft.unknown("Whether the index is copied depends on the tablespace that it is in.");
                }
                default -> draft.lock(index, Target.INDEX, SHARE_UPDATE_EXCLUSIVE);
            }
        }
    }

    void drop(Statement.DropObject drop) {
        if (drop.concurrently()) {
            draft.outsideTransaction();
            if (drop.names().size() > 1) {
                draft.fail("DROP INDEX CONCURRENTLY takes one index only.");
            }
        }
        for (Name name : drop.names()) {
            drop(draft.catalog.resolve(name), drop);
        }
    }

    private void drop(Name name, Statement.DropObject drop) {
        LockMode mode = drop.concurrently() ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
        draft.lock(name, Target.INDEX, mode);
        draft.lose(Loss.Kind.DEFINITION, "index " + name.sql());
        Optional<Relation> table = draft.catalog.tableOfIndex(name);
        if (table.isEmpty()) {
            draft.unknown("The table of index %s is not known; it is locked in the mode %s."
                    .formatted(name.sql(), mode.title()));
            return;
        }
        draft.lock(table.get(), mode);
        boolean belongs = table.get()
                .constraint(name.local())
                .map(constraint -> constraint.kind().hasIndex())
                .orElse(false);
        if (belongs) {
            draft.fail("The index %s belongs to a constraint; that has to be dropped.".formatted(name.sql()));
        }
        Optional<Index> index = table.get().index(name.local());
        if (index.isPresent() && table.get().isPartitioned() && drop.concurrently()) {
            draft.fail("An index on a partitioned table cannot be dropped concurrently.");
        }
    }
}
