package io.slipway.sql.catalog;

import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableAction.AlterConstraint.Enforcement;
import java.util.ArrayList;
import java.util.List;

/** What ALTER TABLE does to the catalogue, partitions and children included. */
final class AlterReplay {
    private final Catalog catalog;

    AlterReplay(Catalog catalog) {
        this.catalog = catalog;
    }

    void apply(Statement.AlterTable alter) {
        if (alter.kind() == ObjectKind.INDEX) {
            return;
        }
        Name name = alter.name();
        for (TableAction action : alter.actions()) {
            Relation before = catalog.relationOrUnknown(name);
            Relation after = changed(before, action);
            catalog.relations.replace(before, after);
            name = after.name();
            if (!alter.only() && isInherited(action)) {
                for (Relation child : Reach.below(catalog, name)) {
                    catalog.relations.replace(child, changed(child, action));
                }
            }
        }
    }

    private static boolean isInherited(TableAction action) {
        return switch (action) {
            case TableAction.AddColumn _,
                    TableAction.DropColumn _,
                    TableAction.RenameColumn _,
                    TableAction.ChangeType _,
                    TableAction.SetNotNull _,
                    TableAction.DropNotNull _,
                    TableAction.AddConstraint _,
                    TableAction.ValidateConstraint _,
                    TableAction.AlterConstraint _,
                    TableAction.DropConstraint _ -> true;
            case TableAction.RenameTable _,
                    TableAction.RenameConstraint _,
                    TableAction.SetSchema _,
                    TableAction.SetDefault _,
                    TableAction.DropDefault _,
                    TableAction.ColumnSetting _,
                    TableAction.AttachPartition _,
                    TableAction.DetachPartition _,
                    TableAction.Inherit _,
                    TableAction.ToggleTrigger _,
                    TableAction.ReplicaIdentity _,
                    TableAction.TableSetting _,
                    TableAction.Other _ -> false;
        };
    }

    private Relation changed(Relation table, TableAction action) {
        return switch (action) {
            case TableAction.AddColumn add -> addColumn(table, add);
            case TableAction.DropColumn drop -> dropColumn(table, drop.column());
            case TableAction.RenameColumn rename -> new RenameReplay(catalog).column(table, rename.from(), rename.to());
            case TableAction.RenameTable rename -> table.named(table.name().sibling(rename.to()));
            case TableAction.SetSchema set ->
                table.named(new Name(set.schema(), table.name().local()));
            case TableAction.RenameConstraint rename ->
                new RenameReplay(catalog).constraint(table, rename.from(), rename.to());
            case TableAction.SetNotNull set -> table.changeColumn(set.column(), column -> column.withNotNull(true));
            case TableAction.DropNotNull drop -> table.changeColumn(drop.column(), column -> column.withNotNull(false));
            case TableAction.SetDefault set ->
                table.changeColumn(set.column(), column -> column.withFilling(Filling.DEFAULT, set.value()));
            case TableAction.DropDefault drop ->
                table.changeColumn(drop.column(), column -> column.withFilling(Filling.NOTHING, null));
            case TableAction.ChangeType change ->
                table.changeColumn(change.column(), column -> column.withType(change.type(), change.collation()));
            case TableAction.ColumnSetting setting -> setting(table, setting);
            case TableAction.AddConstraint add -> new CreateReplay(catalog).with(table, add.constraint());
            case TableAction.DropConstraint drop -> dropConstraint(table, drop.name());
            case TableAction.ValidateConstraint validate -> validate(table, validate.name());
            case TableAction.AttachPartition attach -> attach(table, attach);
            case TableAction.DetachPartition detach -> {
                catalog.relation(detach.partition())
                        .ifPresent(partition -> catalog.relations.put(partition.withAttachments(
                                partition.attachments().withPartitionOf(null, null))));
                yield table;
            }
            case TableAction.Inherit inherit -> inherit(table, inherit);
            case TableAction.ReplicaIdentity identity ->
                table.withAttachments(table.attachments().withReplicaIdentity(identity.mode()));
            case TableAction.TableSetting setting -> setting(table, setting);
            case TableAction.AlterConstraint alter -> alter(table, alter);
            case TableAction.ToggleTrigger _, TableAction.Other _ -> table;
        };
    }

    private Relation addColumn(Relation table, TableAction.AddColumn add) {
        if (table.column(add.column().name()).isPresent()) {
            return table;
        }
        // With IF NOT EXISTS it may be an old column, with values in it, unless all columns are known.
        boolean isNew = !add.ifNotExists() || table.complete();
        Relation result = table.plusColumn(TableColumn.of(add.column(), isNew ? Novelty.NEW : Novelty.EXISTING));
        for (Constraint constraint : add.column().constraints()) {
            result = new CreateReplay(catalog).with(result, constraint);
        }
        return result;
    }

    private static Relation dropColumn(Relation table, String column) {
        return table.withColumns(table.columns().stream()
                        .filter(other -> !other.name().equals(column))
                        .toList())
                .withConstraints(table.constraints().stream()
                        .filter(constraint -> !constraint.columns().contains(column))
                        .toList())
                .withIndexes(table.indexes().stream()
                        .filter(index -> !index.definition().mentions(column))
                        .toList());
    }

    private static Relation dropConstraint(Relation table, String name) {
        boolean hasIndex = table.constraint(name)
                .map(constraint -> constraint.kind().hasIndex())
                .orElse(false);
        Relation result = table.withConstraints(table.constraints().stream()
                .filter(constraint -> !name.equals(constraint.name()))
                .toList());
        return hasIndex
                ? result.withIndexes(result.indexes().stream()
                        .filter(index -> !index.name().equals(name))
                        .toList())
                : result;
    }

    /** PostgreSQL looks at all rows when a constraint becomes enforced. */
    private static Relation alter(Relation table, TableAction.AlterConstraint alter) {
        boolean enforced = alter.enforcement() == Enforcement.ENFORCED;
        return alter.enforcement() == Enforcement.AS_BEFORE
                ? table
                : table.withConstraints(table.constraints().stream()
                        .map(constraint -> alter.name().equals(constraint.name()) && constraint.enforced() != enforced
                                ? constraint.with(enforced, enforced)
                                : constraint)
                        .toList());
    }

    private static Relation validate(Relation table, String name) {
        List<Constraint> constraints = new ArrayList<>();
        Relation result = table;
        for (Constraint constraint : table.constraints()) {
            boolean meant = name.equals(constraint.name());
            if (meant && constraint.kind() == Constraint.Kind.NOT_NULL) {
                for (String column : constraint.columns()) {
                    result = result.changeColumn(column, found -> found.withNotNull(true));
                }
            }
            constraints.add(meant ? constraint.with(true, constraint.enforced()) : constraint);
        }
        return result.withConstraints(constraints);
    }

    private Relation attach(Relation parent, TableAction.AttachPartition attach) {
        Relation partition = catalog.relationOrUnknown(attach.partition());
        boolean busy = catalog.novelty(partition.name()).existing();
        catalog.relations.put(
                partition.withAttachments(partition.attachments().withPartitionOf(parent.name(), attach.bound())));
        // A new table with an old partition is as busy as the partition is.
        return busy ? parent.withNovelty(Novelty.EXISTING) : parent;
    }

    private Relation inherit(Relation table, TableAction.Inherit inherit) {
        List<Name> parents = new ArrayList<>(table.attachments().inherits());
        Name parent = catalog.resolve(inherit.parent());
        parents.remove(parent);
        if (inherit.inherits()) {
            parents.add(parent);
        }
        return table.withAttachments(table.attachments().withInherits(parents));
    }

    private static Relation setting(Relation table, TableAction.ColumnSetting setting) {
        return switch (setting.kind()) {
            case ADD_IDENTITY ->
                table.changeColumn(setting.column(), column -> column.withFilling(Filling.IDENTITY, null));
            case DROP_IDENTITY, DROP_EXPRESSION ->
                table.changeColumn(setting.column(), column -> column.withFilling(Filling.NOTHING, null));
            case STATISTICS, OPTIONS, STORAGE, COMPRESSION, ALTER_IDENTITY, SET_EXPRESSION -> table;
        };
    }

    private static Relation setting(Relation table, TableAction.TableSetting setting) {
        return switch (setting.kind()) {
            case LOGGED -> table.withPersistence(Persistence.PERMANENT);
            case UNLOGGED -> table.withPersistence(Persistence.UNLOGGED);
            case OPTIONS,
                    CLUSTER_ON,
                    WITHOUT_CLUSTER,
                    OWNER,
                    TABLESPACE,
                    ACCESS_METHOD,
                    ENABLE_ROW_SECURITY,
                    DISABLE_ROW_SECURITY,
                    FORCE_ROW_SECURITY,
                    NO_FORCE_ROW_SECURITY,
                    TOGGLE_RULE -> table;
        };
    }
}
