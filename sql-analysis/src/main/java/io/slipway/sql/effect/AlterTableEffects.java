package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Reach;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableColumn;
import io.slipway.sql.effect.TableScan.Why;

/** ALTER TABLE, partitions and children included. */
final class AlterTableEffects {
    private final Draft draft;

    AlterTableEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(Statement.AlterTable alter) {
        if (alter.kind() == ObjectKind.INDEX) {
            new IndexEffects(draft).alter(alter);
            return;
        }
        apply(draft.catalog.relationOrUnknown(alter.name()), alter, true);
        if (!alter.only() && alter.actions().stream().anyMatch(AlterTableEffects::recurses)) {
            Reach.below(draft.catalog, alter.name()).forEach(child -> apply(child, alter, false));
        }
    }

    private void apply(Relation table, Statement.AlterTable alter, boolean root) {
        AlterPlan plan = new AlterPlan(draft, table.afterDrops(alter));
        for (TableAction action : alter.actions()) {
            if (root || recurses(action)) {
                draft.lock(table, lock(action, table));
                if (action instanceof TableAction.DropConstraint drop) {
                    new ConstraintEffects(draft).drop(table, drop);
                } else {
                    act(plan, action, root);
                }
            }
        }
        plan.finish();
    }

    private static boolean recurses(TableAction action) {
        return switch (action) {
            case TableAction.AddConstraint add -> !add.constraint().noInherit();
            case TableAction.AddColumn _,
                    TableAction.DropColumn _,
                    TableAction.RenameColumn _,
                    TableAction.SetNotNull _,
                    TableAction.DropNotNull _,
                    TableAction.SetDefault _,
                    TableAction.DropDefault _,
                    TableAction.ChangeType _,
                    TableAction.ColumnSetting _,
                    TableAction.DropConstraint _,
                    TableAction.ValidateConstraint _,
                    TableAction.AlterConstraint _,
                    TableAction.ToggleTrigger _ -> true;
            case TableAction.RenameTable _,
                    TableAction.RenameConstraint _,
                    TableAction.SetSchema _,
                    TableAction.AttachPartition _,
                    TableAction.DetachPartition _,
                    TableAction.Inherit _,
                    TableAction.ReplicaIdentity _,
                    TableAction.TableSetting _,
                    TableAction.Other _ -> false;
        };
    }

    /** As AlterTableGetLockLevel in PostgreSQL's sources has it. */
    private static LockMode lock(TableAction action, Relation table) {
        return switch (action) {
            case TableAction.AddConstraint add
            when add.constraint().kind() == Constraint.Kind.FOREIGN_KEY -> SHARE_ROW_EXCLUSIVE;
            case TableAction.ValidateConstraint _ -> SHARE_UPDATE_EXCLUSIVE;
            case TableAction.AttachPartition _ -> SHARE_UPDATE_EXCLUSIVE;
            case TableAction.DetachPartition detach ->
                detach.concurrently() || detach.finalizes() ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
            case TableAction.ToggleTrigger _ -> SHARE_ROW_EXCLUSIVE;
            case TableAction.ColumnSetting setting ->
                switch (setting.kind()) {
                    case STATISTICS, OPTIONS -> SHARE_UPDATE_EXCLUSIVE;
                    case STORAGE,
                            COMPRESSION,
                            ADD_IDENTITY,
                            ALTER_IDENTITY,
                            DROP_IDENTITY,
                            SET_EXPRESSION,
                            DROP_EXPRESSION -> ACCESS_EXCLUSIVE;
                };
            case TableAction.TableSetting setting ->
                switch (setting.kind()) {
                    case OPTIONS, CLUSTER_ON, WITHOUT_CLUSTER ->
                        table.kind() == Relation.Kind.VIEW ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
                    case OWNER,
                            LOGGED,
                            UNLOGGED,
                            TABLESPACE,
                            ACCESS_METHOD,
                            ENABLE_ROW_SECURITY,
                            DISABLE_ROW_SECURITY,
                            FORCE_ROW_SECURITY,
                            NO_FORCE_ROW_SECURITY,
                            TOGGLE_RULE -> ACCESS_EXCLUSIVE;
                };
            case TableAction.AddColumn _,
                    TableAction.DropColumn _,
                    TableAction.RenameColumn _,
                    TableAction.RenameTable _,
                    TableAction.RenameConstraint _,
                    TableAction.SetSchema _,
                    TableAction.SetNotNull _,
                    TableAction.DropNotNull _,
                    TableAction.SetDefault _,
                    TableAction.DropDefault _,
                    TableAction.ChangeType _,
                    TableAction.AddConstraint _,
                    TableAction.DropConstraint _,
                    TableAction.AlterConstraint _,
                    TableAction.Inherit _,
                    TableAction.ReplicaIdentity _,
                    TableAction.Other _ -> ACCESS_EXCLUSIVE;
        };
    }

    private void act(AlterPlan plan, TableAction action, boolean root) {
        Relation table = plan.table();
        switch (action) {
            case TableAction.AddColumn add -> new ColumnEffects(draft).add(plan, add);
            case TableAction.DropColumn drop -> new ColumnEffects(draft).drop(table, drop);
            case TableAction.ChangeType change -> new TypeChangeEffects(draft).apply(plan, change);
            case TableAction.RenameColumn rename ->
                draft.client(ClientEffect.Kind.COLUMN_RENAMED, table.name(), rename.from());
            case TableAction.RenameTable rename -> {
                draft.client(ClientEffect.Kind.RELATION_RENAMED, table.name(), rename.to());
                draft.replication(ReplicationEffect.Kind.DEFINITION_CHANGED, table.name());
            }
            case TableAction.SetSchema set -> {
                draft.client(ClientEffect.Kind.RELATION_RENAMED, table.name(), set.schema());
                draft.replication(ReplicationEffect.Kind.DEFINITION_CHANGED, table.name());
            }
            case TableAction.SetNotNull set -> setNotNull(plan, set.column());
            case TableAction.DropNotNull drop ->
                draft.client(ClientEffect.Kind.NULLS_APPEAR, table.name(), drop.column());
            case TableAction.SetDefault set -> {
                draft.client(ClientEffect.Kind.DEFAULT_CHANGED, table.name(), set.column());
                new EnumUse(draft)
                        .check(
                                table.column(set.column()).map(TableColumn::type),
                                set.value().uses());
            }
            case TableAction.DropDefault drop -> {
                draft.client(ClientEffect.Kind.DEFAULT_CHANGED, table.name(), drop.column());
                draft.lose(Loss.Kind.DEFINITION, "the default of " + drop.column());
            }
            case TableAction.AddConstraint add -> new ConstraintEffects(draft).add(plan, add.constraint(), root);
            case TableAction.ValidateConstraint validate ->
                new ConstraintEffects(draft).validate(plan, validate.name());
            case TableAction.AttachPartition attach -> new PartitionEffects(draft).attach(table, attach);
            case TableAction.DetachPartition detach -> new PartitionEffects(draft).detach(table, detach);
            case TableAction.Inherit inherit -> new PartitionEffects(draft).inherit(table, inherit);
            case TableAction.ColumnSetting setting -> new TableSettingEffects(draft).apply(plan, setting);
            case TableAction.TableSetting setting -> new TableSettingEffects(draft).apply(plan, setting);
            case TableAction.ReplicaIdentity identity -> new TableSettingEffects(draft).apply(table, identity);
            case TableAction.AlterConstraint alter -> {
                if (root) {
                    new EnforcementEffects(draft).alter(table, alter);
                }
            }
            case TableAction.DropConstraint _, TableAction.RenameConstraint _, TableAction.ToggleTrigger _ -> {}
            case TableAction.Other other ->
                draft.unknown("ALTER TABLE ... %s is not known here.".formatted(other.kind()));
        }
    }

    private void setNotNull(AlterPlan plan, String column) {
        Relation table = plan.table();
        if (!table.provenNotNull(column)) {
            plan.check(Why.NOT_NULL, table.column(column).isPresent());
        }
        draft.client(ClientEffect.Kind.NULLS_REFUSED, table.name(), column);
    }
}
