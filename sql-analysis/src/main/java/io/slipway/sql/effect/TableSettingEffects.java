package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Relation;

/** ALTER TABLE ... SET, and what else is neither a column nor a constraint. */
final class TableSettingEffects {
    private final Draft draft;

    TableSettingEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(AlterPlan plan, TableAction.ColumnSetting setting) {
        if (setting.kind() == TableAction.ColumnSetting.Kind.SET_EXPRESSION) {
            plan.rewrite("the value of %s is computed for each row".formatted(setting.column()), true);
        }
    }

    void apply(AlterPlan plan, TableAction.TableSetting setting) {
        Relation table = plan.table();
        String argument = setting.argument();
        switch (setting.kind()) {
            case UNLOGGED -> {
                if (table.persistence() == Persistence.PERMANENT) {
                    plan.rewrite("it moves out of the log", true);
                    draft.replication(ReplicationEffect.Kind.NOT_LOGGED, table.name());
                }
            }
            case LOGGED -> {
                if (table.persistence() == Persistence.UNLOGGED) {
                    plan.rewrite("it moves into the log", true);
                } else if (!table.complete()) {
                    plan.rewrite("it moves into the log, if it is unlogged now", false);
                }
            }
            case TABLESPACE -> {
                if (!"pg_default".equals(argument)) {
                    // File by file: no row is looked at, and the indexes stay where they are.
                    draft.rewrite(table, "its files are copied to another tablespace", true, false);
                }
            }
            case ACCESS_METHOD -> {
                if (!draft.version.atLeast(15)) {
                    draft.fail("PostgreSQL changes the access method of a table since version 15.");
                }
                if (argument != null && !argument.equals("heap")) {
                    plan.rewrite("its rows move to another access method", true);
                }
            }
            case CLUSTER_ON -> {
                if (argument != null) {
                    table.index(argument).ifPresent(index -> draft.lockIndex(table, index, SHARE_UPDATE_EXCLUSIVE));
                }
            }
            case ENABLE_ROW_SECURITY, FORCE_ROW_SECURITY ->
                draft.client(ClientEffect.Kind.ROWS_HIDDEN, table.name(), "row security");
            case OWNER -> draft.client(ClientEffect.Kind.PRIVILEGES_CHANGED, table.name(), "owner");
            case OPTIONS, WITHOUT_CLUSTER, DISABLE_ROW_SECURITY, NO_FORCE_ROW_SECURITY, TOGGLE_RULE -> {}
        }
    }

    void apply(Relation table, TableAction.ReplicaIdentity identity) {
        boolean lost = identity.mode().equals("NOTHING");
        draft.replication(
                lost ? ReplicationEffect.Kind.IDENTITY_LOST : ReplicationEffect.Kind.IDENTITY_CHANGED, table.name());
        String index = identity.index();
        if (index != null) {
            table.index(index).ifPresent(found -> draft.lockIndex(table, found, LockMode.SHARE));
        }
    }
}
