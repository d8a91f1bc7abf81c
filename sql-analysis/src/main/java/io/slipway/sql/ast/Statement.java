package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One SQL statement. */
public sealed interface Statement
        permits AccessStatement,
                MaintenanceStatement,
                RoutineStatement,
                TableObjectStatement,
                TypeStatement,
                Statement.CreateTable,
                Statement.CreateIndex,
                Statement.CreateView,
                Statement.CreateSchema,
                Statement.CreateObject,
                Statement.AlterTable,
                Statement.RenameObject,
                Statement.DropObject,
                Statement.Truncate,
                Statement.Delete,
                Statement.Update,
                Statement.Insert,
                Statement.Merge,
                Statement.Query,
                Statement.AnonymousBlock,
                Statement.TransactionControl,
                Statement.SetSearchPath,
                Statement.Other,
                Statement.Unreadable {
    /** Where it stands in its script, from its first token to its last. */
    Span span();

    /** Statements that run as parts of this one, such as a DELETE in a WITH clause, in the order of the text. */
    default List<Statement> parts() {
        return List.of();
    }

    /** Whether PostgreSQL lets it run inside a transaction block. */
    default boolean transactional() {
        return true;
    }

    /**
     * CREATE TABLE in all its forms, CREATE TABLE AS and SELECT INTO included.
     *
     * @param columns empty where a query, a type or a parent brings them
     * @param partitionOf the parent of which it is created as a partition
     * @param bound which of the parent's rows it takes
     * @param partitioning how it is cut into partitions itself
     * @param templates the tables of its LIKE clauses
     * @param reads what its query reads
     * @param withData false for {@code WITH NO DATA}
     */
    record CreateTable(
            Span span,
            Name name,
            Persistence persistence,
            boolean ifNotExists,
            List<Column> columns,
            List<Constraint> constraints,
            @Nullable Name partitionOf,
            @Nullable PartitionBound bound,
            @Nullable Partitioning partitioning,
            List<Name> templates,
            List<Name> inherits,
            boolean fromQuery,
            Uses reads,
            boolean withData,
            List<Statement> parts)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            templates = List.copyOf(templates);
            inherits = List.copyOf(inherits);
            parts = List.copyOf(parts);
        }

        public boolean partitioned() {
            return partitioning != null;
        }

        /** Constraints of the table and of its columns. */
        public List<Constraint> allConstraints() {
            return Stream.concat(
                            columns.stream().flatMap(column -> column.constraints().stream()), constraints.stream())
                    .toList();
        }
    }

    /**
     * @param name null where PostgreSQL chooses it
     * @param only {@code ON ONLY}: the parent's half of an index on a partitioned table
     * @param definition what follows the table's name, as written
     */
    record CreateIndex(
            Span span,
            @Nullable String name,
            Name table,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            boolean only,
            String definition,
            IndexDefinition index)
            implements Statement {
        @Override
        public boolean transactional() {
            return !concurrently;
        }
    }

    /** @param withData false for {@code WITH NO DATA} */
    record CreateView(
            Span span,
            Name name,
            boolean materialized,
            boolean orReplace,
            boolean temporary,
            boolean ifNotExists,
            boolean withData,
            Uses reads)
            implements Statement {}

    /** @param parts its elements, in the order in which PostgreSQL makes them; unqualified names of theirs are qualified */
    record CreateSchema(Span span, String name, boolean ifNotExists, List<Statement> parts) implements Statement {
        public CreateSchema {
            parts = List.copyOf(parts);
        }
    }

    /** CREATE of anything else that has a name rules may ask for later. */
    record CreateObject(
            Span span, ObjectKind kind, Name name, boolean orReplace, boolean temporary, boolean transactional)
            implements Statement {}

    /** @param kind the relation as the statement names it; ALTER TABLE works on views and indexes as well */
    record AlterTable(Span span, Name name, ObjectKind kind, boolean ifExists, boolean only, List<TableAction> actions)
            implements Statement {
        public AlterTable {
            actions = List.copyOf(actions);
        }

        @Override
        public boolean transactional() {
            return actions.stream()
                    .noneMatch(action -> action instanceof TableAction.DetachPartition detach && detach.concurrently());
        }
    }

    /** ALTER ... RENAME TO on anything but a table. */
    record RenameObject(Span span, ObjectKind kind, Name name, String to) implements Statement {}

    /** @param table on which a trigger, policy or rule hangs */
    record DropObject(
            Span span,
            ObjectKind kind,
            List<Name> names,
            @Nullable Name table,
            boolean ifExists,
            boolean cascade,
            boolean concurrently)
            implements Statement {
        public DropObject {
            names = List.copyOf(names);
        }

        /** With what another names, which is of the same kind. */
        public DropObject and(DropObject other) {
            List<Name> all = Stream.concat(names.stream(), other.names.stream()).toList();
            return new DropObject(span, kind, all, table, ifExists, cascade, concurrently);
        }

        @Override
        public boolean transactional() {
            return !concurrently
                    && kind != ObjectKind.DATABASE
                    && kind != ObjectKind.TABLESPACE
                    && kind != ObjectKind.SUBSCRIPTION;
        }
    }

    record Truncate(Span span, List<Name> tables, boolean cascade) implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    /** Which rows an UPDATE or DELETE is limited to. */
    enum Filter {
        /** No WHERE. */
        NONE,
        /** A WHERE that holds for every row: {@code WHERE true}, {@code WHERE 1 = 1}. */
        TAUTOLOGY,
        RESTRICTING
    }

    record Delete(Span span, Name table, Filter filter, Uses reads, List<Statement> parts) implements Statement {
        public Delete {
            parts = List.copyOf(parts);
        }

        public boolean hasWhere() {
            return filter == Filter.RESTRICTING;
        }
    }

    /**
     * @param assignments the SET list as column and expression; empty when it has a form that is not one such pair each,
     *     or when a FROM list joins other tables
     */
    record Update(Span span, Name table, Filter filter, List<Assignment> assignments, Uses reads, List<Statement> parts)
            implements Statement {
        public Update {
            assignments = List.copyOf(assignments);
            parts = List.copyOf(parts);
        }

        public boolean hasWhere() {
            return filter == Filter.RESTRICTING;
        }
    }

    /** {@code column = expression}, both as written. */
    record Assignment(String column, String expression) {}

    /**
     * INSERT, and COPY into a table.
     *
     * @param fromQuery false for VALUES and DEFAULT VALUES
     */
    record Insert(Span span, Name table, boolean fromQuery, Uses reads, List<Statement> parts) implements Statement {
        public Insert {
            parts = List.copyOf(parts);
        }
    }

    record Merge(Span span, Name table, boolean deletes, Uses reads, List<Statement> parts) implements Statement {
        public Merge {
            parts = List.copyOf(parts);
        }
    }

    /** SELECT, TABLE and VALUES; what changes something in its WITH clause is a part. */
    record Query(Span span, Uses reads, List<Statement> parts) implements Statement {
        public Query {
            parts = List.copyOf(parts);
        }
    }

    /** DO: the static statements of its body are its parts, although a condition may keep some of them from running. */
    record AnonymousBlock(Span span, Body body) implements Statement {
        @Override
        public List<Statement> parts() {
            return body.statements();
        }
    }

    /** @param savepoint the one that is meant, for the verbs that have one */
    record TransactionControl(
            Span span, Verb verb, @Nullable String savepoint, boolean transactional) implements Statement {
        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK,
            SAVEPOINT,
            ROLLBACK_TO_SAVEPOINT,
            RELEASE_SAVEPOINT
        }
    }

    /** @param schemas empty for DEFAULT and for values that are no plain names */
    record SetSearchPath(Span span, List<String> schemas) implements Statement {
        public SetSearchPath {
            schemas = List.copyOf(schemas);
        }
    }

    /**
     * A statement that was read but of which no more is needed yet.
     *
     * @param kind its leading keywords, such as {@code CREATE TRIGGER}
     */
    record Other(Span span, String kind, boolean transactional, List<Statement> parts) implements Statement {
        public Other {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A statement that could not be read: nothing is known about what it does.
     *
     * @param reason what stood in the way, and where
     * @param transactional by its leading keywords
     */
    record Unreadable(Span span, String reason, boolean transactional) implements Statement {}
}
