package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.PendingObjects;
import io.slipway.sql.effect.HeldLocks;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.source.Span;
import java.util.List;

/**
 * What surrounds a statement when a rule looks at it.
 *
 * @param pending the schema as it is before the statement
 * @param index of the statement in its file; that of the whole one for its parts
 * @param statement the one that is looked at: a whole one, or a part of one
 * @param effects what it does
 * @param held the locks that the transaction holds already
 */
public record Situation(
        PendingObjects pending,
        Deployment deployment,
        MigrationFile file,
        int index,
        Statement statement,
        StatementEffects effects,
        HeldLocks held) {
    /** The statements behind it in the same script. */
    List<Statement> following() {
        return file.statements().subList(index + 1, file.statements().size());
    }

    List<Statement> preceding() {
        return file.statements().subList(0, index);
    }

    /** The statement of the script that is looked at, or that holds the part. */
    Statement whole() {
        return file.statements().get(index);
    }

    /** Its text as written. */
    String text() {
        return text(statement.span());
    }

    /** A part of the script as written, such as one action of an ALTER TABLE. */
    String text(Span span) {
        return file.text(span);
    }

    /** Whether Flyway runs the script in a transaction, so that locks are held to its end. */
    boolean inTransaction() {
        return file.runsInTransaction();
    }

    Hit hit(String message) {
        return Hit.of(statement.span(), message);
    }

    Catalog catalog() {
        return pending.catalog();
    }

    boolean exists(Name relation) {
        return pending.relation(relation).existing();
    }

    /** Whether the statement rewrites this relation, which somebody uses. */
    boolean rewritesExisting(Name relation) {
        return exists(relation) && effects.rewrites(catalog().resolve(relation));
    }

    Environment environment() {
        return deployment.environment();
    }

    int serverVersion() {
        return deployment.environment().serverVersion();
    }
}
