package io.slipway.executor.statement;

import io.slipway.sql.ast.MaintenanceStatement.Reindex;
import io.slipway.sql.ast.Name;
import org.jspecify.annotations.Nullable;

/** How it can be known whether a statement has taken effect. */
sealed interface Effect {
    /** It can be recorded in one transaction with its effect. */
    record Transactional() implements Effect {}

    /** Running it a second time does no harm. */
    record Repeatable() implements Effect {}

    /** @param name absent where PostgreSQL chooses it */
    record BuildsIndex(@Nullable String name, Name table) implements Effect {}

    record DropsIndex(Name index) implements Effect {}

    /** @param name absent where the current database is meant */
    record Reindexes(Reindex.Target target, @Nullable Name name) implements Effect {}

    record Detaches(Name parent, Name partition) implements Effect {}

    /** Only a person can tell. @param query to look with; absent when none is known */
    record Unknowable(@Nullable String query) implements Effect {}
}
