package io.slipway.sql.effect;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE;
import static io.slipway.sql.effect.LockMode.SHARE_ROW_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.SHARE_UPDATE_EXCLUSIVE;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.catalog.Relation;
import io.slipway.sql.effect.LockTaken.Target;
import io.slipway.sql.effect.TableScan.Why;
import org.jspecify.annotations.Nullable;

/** Triggers, policies, types, comments, privileges and renaming. */
final class ObjectEffects {
    private final Draft draft;

    ObjectEffects(Draft draft) {
        this.draft = draft;
    }

    void apply(TableObjectStatement statement) {
        switch (statement) {
            case TableObjectStatement.CreateTrigger trigger -> draft.lock(trigger.table(), SHARE_ROW_EXCLUSIVE);
            case TableObjectStatement.CreatePolicy policy -> draft.lock(policy.table(), ACCESS_EXCLUSIVE);
            case TableObjectStatement.AlterPolicy policy -> draft.lock(policy.table(), ACCESS_EXCLUSIVE);
            case TableObjectStatement.CreateRule rule -> draft.lock(rule.table(), ACCESS_EXCLUSIVE);
            case TableObjectStatement.CreateStatistics statistics ->
                draft.lock(statistics.table(), SHARE_UPDATE_EXCLUSIVE);
            case TableObjectStatement.CreatePublication publication ->
                publication.tables().forEach(this::published);
            case TableObjectStatement.AlterPublication publication ->
                publication.tables().forEach(this::published);
        }
    }

    private void published(Name table) {
        draft.lock(table, SHARE_UPDATE_EXCLUSIVE);
        draft.replication(ReplicationEffect.Kind.PUBLICATION_CHANGED, table);
    }

    void apply(TypeStatement statement) {
        switch (statement) {
            case TypeStatement.AlterDomain alter -> domain(alter);
            case TypeStatement.RenameEnumValue rename ->
                draft.client(ClientEffect.Kind.LABEL_RENAMED, rename.type(), rename.from());
            case TypeStatement.CreateEnum _, TypeStatement.CreateDomain _, TypeStatement.AddEnumValue _ -> {}
        }
    }

    private void domain(TypeStatement.AlterDomain alter) {
        boolean checks =
                switch (alter.change()) {
                    case ADD_CONSTRAINT -> {
                        Constraint constraint = alter.constraint();
                        yield constraint == null || constraint.validated();
                    }
                    case SET_NOT_NULL, VALIDATE_CONSTRAINT -> true;
                    case DROP_CONSTRAINT,
                            RENAME_CONSTRAINT,
                            DROP_NOT_NULL,
                            SET_DEFAULT,
                            DROP_DEFAULT,
                            RENAME,
                            SET_SCHEMA -> false;
                };
        if (!checks) {
            return;
        }
        var users = draft.catalog.tablesWith(alter.name());
        for (Relation table : users) {
            draft.lock(table, SHARE);
            if (table.kind().hasStorage()) {
                draft.scan(table.name(), Why.DOMAIN, true);
            }
            draft.client(
                    ClientEffect.Kind.VALUES_REFUSED, table.name(), alter.name().sql());
        }
        if (users.isEmpty() && draft.catalog.type(alter.name()).isEmpty()) {
            draft.unknown("Every table with a column of %s is locked against writes and read."
                    .formatted(alter.name().sql()));
        }
    }

    void apply(AccessStatement statement) {
        switch (statement) {
            case AccessStatement.Comment comment -> comment(comment.table());
            case AccessStatement.Grant grant ->
                grant.objects().forEach(object -> {
                    if (draft.version.atLeast(18)
                            && draft.catalog.relation(object).isPresent()) {
                        draft.lock(object, LockMode.ACCESS_SHARE);
                    }
                    if (grant.revoke()) {
                        draft.client(
                                ClientEffect.Kind.PRIVILEGES_CHANGED, object, String.join(", ", grant.privileges()));
                    }
                });
            case AccessStatement.SetParameter _ -> {}
        }
    }

    private void comment(@Nullable Name object) {
        if (object == null) {
            return;
        }
        if (draft.catalog.tableOfIndex(object).isPresent()) {
            draft.lock(draft.catalog.resolve(object), Target.INDEX, SHARE_UPDATE_EXCLUSIVE);
        } else {
            draft.lock(object, SHARE_UPDATE_EXCLUSIVE);
        }
    }

    void rename(Statement.RenameObject rename) {
        Name name = draft.catalog.resolve(rename.name());
        switch (rename.kind()) {
            case INDEX -> draft.lock(name, Target.INDEX, SHARE_UPDATE_EXCLUSIVE);
            case VIEW -> draft.lock(name, Target.VIEW, ACCESS_EXCLUSIVE);
            case SEQUENCE -> draft.lock(name, Target.SEQUENCE, ACCESS_EXCLUSIVE);
            case TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW -> draft.lock(name, Target.TABLE, ACCESS_EXCLUSIVE);
            case SCHEMA,
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
                    OTHER -> {}
        }
        if (rename.kind().isRelation() && rename.kind() != ObjectKind.INDEX) {
            draft.client(ClientEffect.Kind.RELATION_RENAMED, name, rename.to());
        }
    }
}
