package io.slipway.sql.effect;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.Novelty;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Grades a statement by what it takes to undo it. What the pending scripts have created themselves can go again. */
final class ReversibilityRules {
    /** Types that take every value a column can have had: text of any length, numbers of any size. */
    private static final Pattern TAKES_EVERYTHING =
            Pattern.compile("(text|varchar|character varying|numeric|decimal|bigint|int8|jsonb?)");

    /** Statements that leave nothing behind that would have to be undone. */
    private static final Set<String> WITHOUT_TRACE = Set.of(
            "CHECKPOINT",
            "DEALLOCATE",
            "DECLARE",
            "DISCARD",
            "EXECUTE",
            "EXPLAIN",
            "FETCH",
            "CLOSE",
            "MOVE",
            "LISTEN",
            "UNLISTEN",
            "NOTIFY",
            "LOAD",
            "PREPARE",
            "RESET",
            "SET",
            "SHOW");

    private ReversibilityRules() {}

    static Reversibility of(Statement statement, Catalog catalog) {
        return switch (statement) {
            case Statement.CreateTable _,
                    Statement.CreateIndex _,
                    Statement.CreateView _,
                    Statement.CreateSchema _,
                    Statement.CreateObject _,
                    Statement.RenameObject _,
                    Statement.TransactionControl _,
                    Statement.SetSearchPath _,
                    Statement.Query _,
                    MaintenanceStatement.Vacuum _,
                    MaintenanceStatement.Analyze _,
                    MaintenanceStatement.Cluster _,
                    MaintenanceStatement.Reindex _,
                    MaintenanceStatement.Refresh _,
                    MaintenanceStatement.LockTable _,
                    RoutineStatement.CreateRoutine _,
                    TableObjectStatement.CreateTrigger _,
                    TableObjectStatement.CreatePolicy _,
                    TableObjectStatement.CreateRule _,
                    TableObjectStatement.CreateStatistics _,
                    TableObjectStatement.CreatePublication _,
                    TypeStatement.CreateEnum _,
                    TypeStatement.CreateDomain _,
                    TypeStatement.RenameEnumValue _,
                    AccessStatement.Comment _,
                    AccessStatement.SetParameter _ -> Reversibility.GREEN;
            case TypeStatement.AddEnumValue _,
                    TypeStatement.AlterDomain _,
                    TableObjectStatement.AlterPolicy _,
                    TableObjectStatement.AlterPublication _,
                    RoutineStatement.AlterRoutine _,
                    MaintenanceStatement.AlterSequence _ -> Reversibility.YELLOW;
            case AccessStatement.Grant grant -> grant.revoke() ? Reversibility.YELLOW : Reversibility.GREEN;
            case Statement.AlterTable alter -> alter(alter, catalog);
            case Statement.DropObject drop -> drop(drop, catalog);
            case Statement.Truncate truncate ->
                truncate.tables().stream().allMatch(table -> catalog.novelty(table) == Novelty.NEW)
                        ? Reversibility.GREEN
                        : Reversibility.RED;
            case Statement.Delete delete -> unlessNew(delete.table(), catalog, Reversibility.RED);
            case Statement.Update update -> unlessNew(update.table(), catalog, Reversibility.YELLOW);
            case Statement.Insert insert -> unlessNew(insert.table(), catalog, Reversibility.YELLOW);
            case Statement.Merge merge ->
                unlessNew(merge.table(), catalog, merge.deletes() ? Reversibility.RED : Reversibility.YELLOW);
            case Statement.Other other -> other(other.kind());
            case Statement.AnonymousBlock block -> block(block, catalog);
            // They may do anything.
            case RoutineStatement.Call _, Statement.Unreadable _ -> Reversibility.RED;
        };
    }

    private static Reversibility block(Statement.AnonymousBlock block, Catalog catalog) {
        return block.body().complete()
                ? block.parts().stream()
                        .map(part -> of(part, catalog))
                        .reduce(Reversibility.GREEN, Reversibility::orWorse)
                : Reversibility.RED;
    }

    private static Reversibility unlessNew(Name table, Catalog catalog, Reversibility grade) {
        return catalog.novelty(table) == Novelty.NEW ? Reversibility.GREEN : grade;
    }

    private static Reversibility other(String kind) {
        if (WITHOUT_TRACE.contains(kind) || kind.startsWith("CREATE ")) {
            return Reversibility.GREEN;
        }
        return kind.equals("DROP OWNED") ? Reversibility.RED : Reversibility.YELLOW;
    }

    private static Reversibility alter(Statement.AlterTable alter, Catalog catalog) {
        if (catalog.novelty(alter.name()) == Novelty.NEW) {
            return Reversibility.GREEN;
        }
        return alter.actions().stream()
                .map(action -> action(alter.name(), action, catalog))
                .reduce(Reversibility.GREEN, Reversibility::orWorse);
    }

    private static Reversibility action(Name table, TableAction action, Catalog catalog) {
        return switch (action) {
            case TableAction.AddColumn _,
                    TableAction.RenameColumn _,
                    TableAction.RenameTable _,
                    TableAction.RenameConstraint _,
                    TableAction.SetSchema _,
                    TableAction.SetNotNull _,
                    TableAction.AddConstraint _,
                    TableAction.ValidateConstraint _,
                    TableAction.AttachPartition _,
                    TableAction.DetachPartition _,
                    TableAction.Inherit _,
                    TableAction.ToggleTrigger _ -> Reversibility.GREEN;
            case TableAction.DropColumn drop ->
                catalog.novelty(table, drop.column()) == Novelty.NEW ? Reversibility.GREEN : Reversibility.RED;
            case TableAction.ChangeType change ->
                !change.converted()
                                && TAKES_EVERYTHING
                                        .matcher(change.type().text().toLowerCase(Locale.ROOT))
                                        .matches()
                        ? Reversibility.YELLOW
                        : Reversibility.RED;
            case TableAction.DropNotNull _,
                    TableAction.SetDefault _,
                    TableAction.DropDefault _,
                    TableAction.DropConstraint _,
                    TableAction.AlterConstraint _,
                    TableAction.ColumnSetting _,
                    TableAction.TableSetting _,
                    TableAction.ReplicaIdentity _,
                    TableAction.Other _ -> Reversibility.YELLOW;
        };
    }

    private static Reversibility drop(Statement.DropObject drop, Catalog catalog) {
        boolean allNew = drop.names().stream().allMatch(name -> switch (drop.kind()) {
            case SCHEMA -> catalog.schemaNovelty(name.local()) == Novelty.NEW;
            case DATABASE -> catalog.databaseNovelty(name.local()) == Novelty.NEW;
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE -> catalog.novelty(name) == Novelty.NEW;
            case INDEX,
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
                    OTHER -> false;
        });
        return allNew ? Reversibility.GREEN : drop(drop.kind(), drop.cascade());
    }

    private static Reversibility drop(ObjectKind kind, boolean cascade) {
        return switch (kind) {
            case TABLE, MATERIALIZED_VIEW, SCHEMA, DATABASE -> Reversibility.RED;
            // With CASCADE they take columns with them.
            case TYPE, DOMAIN, EXTENSION, ROUTINE -> cascade ? Reversibility.RED : Reversibility.YELLOW;
            case FOREIGN_TABLE,
                    VIEW,
                    INDEX,
                    SEQUENCE,
                    TRIGGER,
                    POLICY,
                    RULE,
                    STATISTICS,
                    PUBLICATION,
                    TABLESPACE,
                    SUBSCRIPTION,
                    OTHER -> Reversibility.YELLOW;
        };
    }
}
