package io.slipway.sql.catalog;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.RoutineStatement.Volatility;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import java.util.ArrayList;
import java.util.List;

/** What each statement does to the catalogue. */
final class Replay {
    private final Catalog catalog;

    Replay(Catalog catalog) {
        this.catalog = catalog;
    }

    void apply(Statement statement) {
        switch (statement) {
            case Statement.CreateTable table -> new CreateReplay(catalog).table(table);
            case Statement.CreateView view -> new CreateReplay(catalog).view(view);
            case Statement.CreateIndex index -> new CreateReplay(catalog).index(index);
            case Statement.CreateObject object -> new CreateReplay(catalog).object(object);
            case Statement.CreateSchema schema -> createSchema(schema);
            case Statement.AlterTable alter -> new AlterReplay(catalog).apply(alter);
            case Statement.RenameObject rename -> new RenameReplay(catalog).apply(rename);
            case Statement.DropObject drop -> new DropReplay(catalog).apply(drop);
            case Statement.SetSearchPath path -> catalog.searchPath(path.schemas());
            case Statement.TransactionControl control -> {
                catalog.transactions().apply(control);
                if (control.verb() == Statement.TransactionControl.Verb.COMMIT) {
                    catalog.committed();
                }
            }
            case TypeStatement type -> new TypeReplay(catalog).apply(type);
            case TableObjectStatement object -> tableObject(object);
            case RoutineStatement.CreateRoutine routine -> routine(routine);
            case AccessStatement.SetParameter set -> set(set);
            case MaintenanceStatement.AlterSequence sequence -> own(sequence);
            case Statement.Truncate _,
                    Statement.Delete _,
                    Statement.Update _,
                    Statement.Insert _,
                    Statement.Merge _,
                    Statement.Query _,
                    Statement.AnonymousBlock _,
                    Statement.Other _,
                    Statement.Unreadable _,
                    AccessStatement.Grant _,
                    AccessStatement.Comment _,
                    MaintenanceStatement.Vacuum _,
                    MaintenanceStatement.Analyze _,
                    MaintenanceStatement.Cluster _,
                    MaintenanceStatement.Reindex _,
                    MaintenanceStatement.Refresh _,
                    MaintenanceStatement.LockTable _,
                    RoutineStatement.AlterRoutine _,
                    RoutineStatement.Call _ -> {}
        }
    }

    private void createSchema(Statement.CreateSchema schema) {
        // Many projects create their schema only where it is missing: what is in it may well be old.
        if (!schema.ifNotExists()) {
            catalog.schemas.put(schema.name(), Novelty.NEW);
        }
    }

    private void set(AccessStatement.SetParameter set) {
        if (set.values().isEmpty()) {
            catalog.settings.remove(set.parameter());
        } else {
            catalog.settings.put(set.parameter(), String.join(", ", set.values()));
        }
    }

    private void routine(RoutineStatement.CreateRoutine routine) {
        Name name = catalog.created(routine.name(), false);
        Routine before = catalog.routines.get(name);
        // Which of several with one name a call means is not known here.
        Volatility volatility = before == null || routine.orReplace() || before.volatility() != Volatility.VOLATILE
                ? routine.volatility()
                : Volatility.VOLATILE;
        catalog.routines.put(name, new Routine(name, volatility, routine.orReplace() ? Novelty.EXISTING : Novelty.NEW));
    }

    private void own(MaintenanceStatement.AlterSequence sequence) {
        Name owner = sequence.ownedBy();
        if (owner == null) {
            return;
        }
        Relation before = catalog.relationOrUnknown(sequence.name()).withKind(Relation.Kind.SEQUENCE);
        catalog.relations.put(before.withAttachments(before.attachments().withOwnedBy(catalog.resolve(owner))));
    }

    private void tableObject(TableObjectStatement statement) {
        switch (statement) {
            case TableObjectStatement.CreateTrigger trigger -> {
                Relation table = catalog.relationOrUnknown(trigger.table());
                List<Attachments.Trigger> triggers =
                        new ArrayList<>(table.attachments().triggers());
                triggers.removeIf(other -> other.name().equals(trigger.name()));
                triggers.add(new Attachments.Trigger(trigger.name(), trigger.function()));
                catalog.relations.put(table.withAttachments(table.attachments().withTriggers(triggers)));
            }
            case TableObjectStatement.CreateStatistics statistics -> {
                Relation table = catalog.relationOrUnknown(statistics.table());
                List<Attachments.Statistics> all =
                        new ArrayList<>(table.attachments().statistics());
                Name name = statistics.name();
                all.add(new Attachments.Statistics(name == null ? null : name.local(), statistics.columns()));
                catalog.relations.put(table.withAttachments(table.attachments().withStatistics(all)));
            }
            case TableObjectStatement.CreateRule _,
                    TableObjectStatement.CreatePolicy _,
                    TableObjectStatement.AlterPolicy _,
                    TableObjectStatement.CreatePublication _,
                    TableObjectStatement.AlterPublication _ -> {}
        }
    }

    /** Whether the kind's names are those of relations that the catalogue keeps. */
    static boolean isKept(ObjectKind kind) {
        return kind.isRelation() && kind != ObjectKind.INDEX;
    }
}
