package io.slipway.sql.effect;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.catalog.Catalog;

/** Says what a statement does to a live database; the measurements under {@code locks} in the tests are its truth. */
public final class Effects {
    private Effects() {}

    /**
     * The effects of a statement, those of its parts included.
     *
     * @param catalog as it is before the statement; not changed
     */
    public static StatementEffects of(Statement statement, Catalog catalog, ServerVersion version) {
        Draft draft = new Draft(catalog, version);
        apply(statement, draft);
        Reversibility reversibility = ReversibilityRules.of(statement, catalog);
        for (Statement part : statement.parts()) {
            StatementEffects effects = of(part, catalog, version);
            // Nobody knows of what is in a new schema, and the catalogue does not either.
            draft.add(statement instanceof Statement.CreateSchema schema ? effects.outside(schema.name()) : effects);
            reversibility = reversibility.orWorse(effects.reversibility());
        }
        return draft.finished(reversibility, statement.transactional());
    }

    private static void apply(Statement statement, Draft draft) {
        if (!statement.transactional()) {
            draft.outsideTransaction();
        }
        switch (statement) {
            case Statement.CreateTable table -> new CreateEffects(draft).table(table);
            case Statement.CreateView view -> new CreateEffects(draft).view(view);
            case Statement.CreateIndex index -> new IndexEffects(draft).create(index);
            case Statement.AlterTable alter -> new AlterTableEffects(draft).apply(alter);
            case Statement.RenameObject rename -> new ObjectEffects(draft).rename(rename);
            case Statement.DropObject drop -> new DropEffects(draft).apply(drop);
            case Statement.Truncate truncate -> new DataEffects(draft).truncate(truncate);
            case Statement.Delete delete -> new DataEffects(draft).delete(delete);
            case Statement.Update update -> new DataEffects(draft).update(update);
            case Statement.Insert insert -> new DataEffects(draft).insert(insert);
            case Statement.Merge merge -> new DataEffects(draft).merge(merge);
            case Statement.Query query -> new DataEffects(draft).query(query.reads());
            case MaintenanceStatement maintenance -> new MaintenanceEffects(draft).apply(maintenance);
            case TableObjectStatement object -> new ObjectEffects(draft).apply(object);
            case TypeStatement type -> new ObjectEffects(draft).apply(type);
            case AccessStatement access -> new ObjectEffects(draft).apply(access);
            case RoutineStatement.Call call ->
                draft.unknown("What the procedure %s does is not known here."
                        .formatted(call.procedure().sql()));
            case Statement.AnonymousBlock block -> block.body().notAnalysed().forEach(draft::unknown);
            case Statement.Unreadable unreadable -> draft.unknown(unreadable.reason());
            case Statement.Other other -> other(other, draft);
            case Statement.CreateSchema _,
                    Statement.CreateObject _,
                    Statement.TransactionControl _,
                    Statement.SetSearchPath _,
                    RoutineStatement.CreateRoutine _,
                    RoutineStatement.AlterRoutine _ -> {}
        }
    }

    private static void other(Statement.Other other, Draft draft) {
        if (!OtherStatements.touchNoTable(other.kind())) {
            draft.unknown("%s is not analysed.".formatted(other.kind()));
        }
    }
}
