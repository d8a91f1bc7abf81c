package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.PendingObjects;
import io.slipway.sql.source.Span;
import java.util.List;

/**
 * What surrounds a statement when a rule looks at it.
 *
 * @param pending what earlier statements of the plan have created
 * @param index of the statement in its file; that of the whole one for its parts
 */
public record Situation(PendingObjects pending, Deployment deployment, MigrationFile file, int index) {
    /** The statements behind it in the same script. */
    List<Statement> following() {
        return file.statements().subList(index + 1, file.statements().size());
    }

    List<Statement> preceding() {
        return file.statements().subList(0, index);
    }

    /** The statement that is looked at, or that holds the part. */
    Statement statement() {
        return file.statements().get(index);
    }

    /** Its text as written. */
    String text() {
        return file.split().fragments().get(index).text();
    }

    /** A part of it as written, such as one action of an ALTER TABLE. */
    String text(Span span) {
        return file.sql().substring(span.start().offset(), span.end());
    }

    /** Whether Flyway runs the script in a transaction, so that locks are held to its end. */
    boolean inTransaction() {
        return file.runsInTransaction();
    }

    Hit hit(String message) {
        return Hit.of(statement().span(), message);
    }

    boolean exists(Name relation) {
        return pending.relation(relation).existing();
    }

    Environment environment() {
        return deployment.environment();
    }

    int serverVersion() {
        return deployment.environment().serverVersion();
    }
}
