package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.PendingObjects;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Grades a statement by what it takes to undo it. What the pending scripts have created themselves can go again. */
public final class ReversibilityRules {
    /** Types that take every value a column can have had: text of any length, numbers of any size. */
    private static final Pattern TAKES_EVERYTHING =
            Pattern.compile("(text|varchar|character varying|numeric|decimal|bigint|int8|jsonb?)");

    /** Statements that leave nothing behind that would have to be undone. */
    private static final Set<String> WITHOUT_TRACE = Set.of(
            "ANALYZE",
            "ANALYSE",
            "CHECKPOINT",
            "CLUSTER",
            "COMMENT",
            "DEALLOCATE",
            "DECLARE",
            "DISCARD",
            "EXECUTE",
            "EXPLAIN",
            "FETCH",
            "GRANT",
            "CLOSE",
            "MOVE",
            "LISTEN",
            "UNLISTEN",
            "NOTIFY",
            "LOAD",
            "LOCK",
            "PREPARE",
            "REFRESH",
            "REINDEX",
            "RESET",
            "SET",
            "SHOW",
            "VACUUM",
            "COPY");

    private ReversibilityRules() {}

    public static Reversibility of(Statement statement, PendingObjects pending) {
        return switch (statement) {
            case Statement.CreateTable _,
                    Statement.CreateIndex _,
                    Statement.CreateView _,
                    Statement.CreateSchema _,
                    Statement.CreateObject _,
                    Statement.RenameObject _,
                    Statement.TransactionControl _,
                    Statement.SetSearchPath _,
                    Statement.Query _ -> Reversibility.GREEN;
            case Statement.AlterTable alter -> alter(alter, pending);
            case Statement.DropObject drop -> drop(drop, pending);
            case Statement.Truncate truncate ->
                truncate.tables().stream().allMatch(table -> pending.relation(table) == Novelty.NEW)
                        ? Reversibility.GREEN
                        : Reversibility.RED;
            case Statement.Delete delete -> unlessNew(delete.table(), pending, Reversibility.RED);
            case Statement.Update update -> unlessNew(update.table(), pending, Reversibility.YELLOW);
            case Statement.Insert insert -> unlessNew(insert.table(), pending, Reversibility.YELLOW);
            case Statement.Merge merge ->
                unlessNew(merge.table(), pending, merge.deletes() ? Reversibility.RED : Reversibility.YELLOW);
            case Statement.Other other -> other(other.kind());
            // It may do anything.
            case Statement.AnonymousBlock _, Statement.Unreadable _ -> Reversibility.RED;
        };
    }

    private static Reversibility unlessNew(Name table, PendingObjects pending, Reversibility grade) {
        return pending.relation(table) == Novelty.NEW ? Reversibility.GREEN : grade;
    }

    private static Reversibility other(String kind) {
        if (WITHOUT_TRACE.contains(kind) || kind.startsWith("CREATE ")) {
            return Reversibility.GREEN;
        }
        return kind.equals("DROP OWNED") ? Reversibility.RED : Reversibility.YELLOW;
    }

    private static Reversibility alter(Statement.AlterTable alter, PendingObjects pending) {
        if (pending.relation(alter.name()) == Novelty.NEW) {
            return Reversibility.GREEN;
        }
        return alter.actions().stream()
                .map(action -> action(alter.name(), action, pending))
                .reduce(Reversibility.GREEN, Reversibility::orWorse);
    }

    private static Reversibility action(Name table, TableAction action, PendingObjects pending) {
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
                    TableAction.DetachPartition _ -> Reversibility.GREEN;
            case TableAction.DropColumn drop ->
                pending.column(table, drop.column()) == Novelty.NEW ? Reversibility.GREEN : Reversibility.RED;
            case TableAction.ChangeType change ->
                !change.converted()
                                && TAKES_EVERYTHING
                                        .matcher(change.type().toLowerCase(Locale.ROOT))
                                        .matches()
                        ? Reversibility.YELLOW
                        : Reversibility.RED;
            case TableAction.DropNotNull _,
                    TableAction.SetDefault _,
                    TableAction.DropDefault _,
                    TableAction.DropConstraint _,
                    TableAction.Other _ -> Reversibility.YELLOW;
        };
    }

    private static Reversibility drop(Statement.DropObject drop, PendingObjects pending) {
        boolean allNew = drop.names().stream().allMatch(name -> switch (drop.kind()) {
            case SCHEMA -> pending.schema(name.local()) == Novelty.NEW;
            case DATABASE -> pending.database(name.local()) == Novelty.NEW;
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE -> pending.relation(name) == Novelty.NEW;
            case INDEX, TYPE, DOMAIN, ROUTINE, TRIGGER, EXTENSION, TABLESPACE, SUBSCRIPTION, OTHER -> false;
        });
        return allNew ? Reversibility.GREEN : drop(drop.kind(), drop.cascade());
    }

    private static Reversibility drop(ObjectKind kind, boolean cascade) {
        return switch (kind) {
            case TABLE, MATERIALIZED_VIEW, SCHEMA, DATABASE -> Reversibility.RED;
            // With CASCADE they take columns with them.
            case TYPE, DOMAIN, EXTENSION, ROUTINE -> cascade ? Reversibility.RED : Reversibility.YELLOW;
            case FOREIGN_TABLE, VIEW, INDEX, SEQUENCE, TRIGGER, TABLESPACE, SUBSCRIPTION, OTHER -> Reversibility.YELLOW;
        };
    }
}
