package io.slipway.executor.statement;

import io.slipway.sql.ast.MaintenanceStatement.Cluster;
import io.slipway.sql.ast.MaintenanceStatement.Reindex;
import io.slipway.sql.ast.MaintenanceStatement.Vacuum;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction.DetachPartition;
import io.slipway.sql.parse.Parser;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What kind of effect a statement outside a transaction has, told from its text. */
final class EffectRules {
    /** What may end a transaction, so that a block with one of these must not be inside of another. */
    private static final Pattern MAY_COMMIT =
            Pattern.compile("\\b(COMMIT|ROLLBACK|CALL|EXECUTE)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern FROM_STDIN =
            Pattern.compile("\\A\\s*COPY\\b.*\\bFROM\\s+STDIN\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** They set, discard or rewrite, and come out the same however often. */
    private static final Set<String> REPEATABLE = Set.of("ALTER SYSTEM", "DISCARD", "REPACK");

    private EffectRules() {}

    static Effect of(String sql) {
        if (copiesIn(sql)) {
            return new Effect.Transactional(); // without its data it is no whole statement
        }
        List<Statement> statements = Parser.parse(sql);
        if (statements.size() != 1) {
            boolean transactional = statements.stream().allMatch(Statement::transactional);
            return transactional ? new Effect.Transactional() : new Effect.Unknowable(null);
        }
        return of(statements.getFirst(), sql);
    }

    /** Whether the statement takes data that follow it in the script. */
    static boolean copiesIn(String sql) {
        return FROM_STDIN.matcher(sql).find();
    }

    private static Effect of(Statement statement, String sql) {
        return switch (statement) {
            case Statement.TransactionControl _ -> new Effect.Repeatable();
            case Statement.CreateIndex index
            when index.concurrently() -> new Effect.BuildsIndex(index.name(), index.table());
            case Statement.DropObject drop
            when drop.concurrently() -> new Effect.DropsIndex(drop.names().getFirst());
            case Statement.AlterTable alter when !alter.transactional() -> detach(alter);
            case Reindex reindex
            when !reindex.transactional() -> new Effect.Reindexes(reindex.target(), reindex.name());
            case Vacuum _ -> new Effect.Repeatable();
            case Cluster cluster when !cluster.transactional() -> new Effect.Repeatable();
            case Statement.AnonymousBlock _ ->
                MAY_COMMIT.matcher(sql).find() ? new Effect.Unknowable(null) : new Effect.Transactional();
            case Statement.CreateObject create
            when !create.transactional() -> new Effect.Unknowable(query(create.kind(), create.name()));
            case Statement.DropObject drop
            when !drop.transactional() ->
                drop.ifExists()
                        ? new Effect.Repeatable()
                        : new Effect.Unknowable(query(drop.kind(), drop.names().getFirst()));
            case RoutineStatement.Call _ -> new Effect.Unknowable(null);
            case Statement.Other other
            when !other.transactional() && REPEATABLE.contains(other.kind()) -> new Effect.Repeatable();
            default -> statement.transactional() ? new Effect.Transactional() : new Effect.Unknowable(null);
        };
    }

    private static Effect detach(Statement.AlterTable alter) {
        return alter.actions().getFirst() instanceof DetachPartition detach
                ? new Effect.Detaches(alter.name(), detach.partition())
                : new Effect.Unknowable(null);
    }

    private static @Nullable String query(ObjectKind kind, Name name) {
        String literal = "'" + name.local().replace("'", "''") + "'";
        return switch (kind) {
            case DATABASE -> "select * from pg_database where datname = " + literal;
            case TABLESPACE -> "select * from pg_tablespace where spcname = " + literal;
            case SUBSCRIPTION -> "select subname, subenabled from pg_subscription where subname = " + literal;
            default -> null;
        };
    }
}
