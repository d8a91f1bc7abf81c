package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ROW_EXCLUSIVE;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.catalog.TableSize;
import io.slipway.sql.catalog.UserType.DomainType;
import io.slipway.sql.effect.LockTaken.Target;
import java.util.Optional;

/** Columns that come and go. */
final class ColumnEffects {
    private final Draft draft;

    ColumnEffects(Draft draft) {
        this.draft = draft;
    }

    void add(AlterPlan plan, TableAction.AddColumn add) {
        Relation table = plan.table();
        Column column = add.column();
        if (add.ifNotExists() && table.column(column.name()).isPresent()) {
            return;
        }
        draft.replication(ReplicationEffect.Kind.DEFINITION_CHANGED, table.name());
        if (column.filling() == Filling.GENERATED_VIRTUAL) {
            draft.needs(18, "A virtual generated column");
        }
        fill(plan, column);
        boolean filled = column.filling() != Filling.NOTHING;
        if (column.notNull() && !filled) {
            draft.client(ClientEffect.Kind.COLUMN_REQUIRED, table.name(), column.name());
            if (!isEmpty(table)) {
                draft.fail("The new column %s is NOT NULL and has no default, which fails as soon as %s has a row."
                        .formatted(Name.quoted(column.name()), table.name().sql()));
            }
        }
        for (Constraint constraint : column.constraints()) {
            new ConstraintEffects(draft).addWithColumn(plan, constraint, filled);
        }
    }

    private boolean isEmpty(Relation table) {
        TableSize size = table.size();
        return size != null && size.rows() == 0 || draft.catalog.novelty(table.name()) == Novelty.NEW;
    }

    /** Whether the rows that are there have to be written anew to hold the column. */
    private void fill(AlterPlan plan, Column column) {
        Optional<DomainType> domain = draft.catalog.domain(column.type());
        if (domain.map(DomainType::constrained).orElse(false)) {
            plan.rewrite("the domain's constraints are checked for each row", true);
        }
        switch (column.filling()) {
            case SERIAL, IDENTITY -> plan.rewrite("each row gets a number", true);
            case GENERATED_STORED -> plan.rewrite("the value is computed for each row", true);
            case DEFAULT -> byDefault(plan, column);
            case NOTHING, GENERATED_VIRTUAL -> {}
        }
    }

    private void byDefault(AlterPlan plan, Column column) {
        Expression value = column.value();
        if (value == null) {
            return;
        }
        new EnumUse(draft).check(Optional.of(column.type()), value.uses());
        value.uses()
                .functions()
                .forEach(function -> draft.needs(FunctionCatalogue.since(function), "The function " + function.sql()));
        Optional<Boolean> isVolatile = FunctionCatalogue.isVolatile(value, draft.catalog);
        if (isVolatile.isEmpty()) {
            plan.rewrite("the default calls a function that is not known here, and may be volatile", false);
            draft.unknown("Whether the functions of the default %s are volatile is not known.".formatted(value.text()));
        } else if (isVolatile.get()) {
            plan.rewrite("the default is volatile, so each row gets a value of its own", true);
            value.uses()
                    .sequences()
                    .forEach(sequence -> draft.lock(draft.catalog.resolve(sequence), Target.SEQUENCE, ROW_EXCLUSIVE));
        }
    }

    void drop(Relation table, TableAction.DropColumn drop) {
        String column = drop.column();
        boolean used = draft.catalog.viewsOn(table.name()).stream()
                .anyMatch(view -> view.attachments().reads().column(column));
        if (!drop.cascade()) {
            draft.refuseUnderViews(table, column);
        }
        if (used) {
            draft.catalog.viewsOn(table.name()).forEach(view -> {
                draft.lock(view, LockMode.ACCESS_EXCLUSIVE);
                draft.lockIndexes(view, LockMode.ACCESS_EXCLUSIVE);
            });
        }
        table.indexes().stream()
                .filter(index -> index.definition().mentions(column))
                .forEach(index -> draft.lockIndex(table, index, LockMode.ACCESS_EXCLUSIVE));
        for (Constraint key : table.foreignKeys()) {
            Name other = key.references();
            if (key.columns().contains(column) && other != null) {
                draft.lock(other, LockMode.ACCESS_EXCLUSIVE);
            }
        }
        draft.lose(
                draft.catalog.novelty(table.name(), column) == Novelty.NEW ? Loss.Kind.DEFINITION : Loss.Kind.DATA,
                "column %s of %s".formatted(Name.quoted(column), table.name().sql()));
        draft.client(ClientEffect.Kind.COLUMN_GONE, table.name(), column);
        draft.replication(ReplicationEffect.Kind.DEFINITION_CHANGED, table.name());
    }
}
