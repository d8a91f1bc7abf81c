package io.slipway.sql.catalog;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table, view, materialized view, foreign table or sequence, as far as it is known.
 *
 * @param name with its schema
 * @param complete whether what is not listed does not exist; otherwise it is only unknown
 * @param constraints all with names; NOT NULL is kept at the columns
 * @param size null where nobody has said
 */
public record Relation(
        Name name,
        Kind kind,
        Persistence persistence,
        Novelty novelty,
        boolean complete,
        List<TableColumn> columns,
        List<Constraint> constraints,
        List<Index> indexes,
        Attachments attachments,
        @Nullable TableSize size) {

    /** Kinds of relation that have a life of their own; indexes belong to their tables. */
    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        FOREIGN_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        SEQUENCE;

        /** Whether it has rows on disk of its own. */
        public boolean hasStorage() {
            return this == TABLE || this == MATERIALIZED_VIEW;
        }
    }

    private static final Pattern NOT_NULL_CHECK =
            Pattern.compile("[(\\s]*\"?([^\\s\"()]+)\"?\\s+is\\s+not\\s+null[)\\s]*", Pattern.CASE_INSENSITIVE);

    public Relation {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
    }

    /** One of which no more than its name is known. */
    public static Relation unknown(Name name) {
        return new Relation(
                name,
                Kind.TABLE,
                Persistence.PERMANENT,
                Novelty.EXISTING,
                false,
                List.of(),
                List.of(),
                List.of(),
                Attachments.NONE,
                null);
    }

    /** An existing one of which all is told. */
    public static Relation existing(
            Name name, Kind kind, List<TableColumn> columns, List<Constraint> constraints, List<Index> indexes) {
        return new Relation(
                name,
                kind,
                Persistence.PERMANENT,
                Novelty.EXISTING,
                true,
                columns,
                constraints,
                indexes,
                Attachments.NONE,
                null);
    }

    public Optional<TableColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    public Optional<Constraint> constraint(String constraintName) {
        return constraints.stream()
                .filter(constraint -> constraintName.equals(constraint.name()))
                .findFirst();
    }

    public Optional<Index> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    public boolean isPartitioned() {
        return kind == Kind.PARTITIONED_TABLE;
    }

    public List<Constraint> foreignKeys() {
        return constraints.stream()
                .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
                .toList();
    }

    /**
     * Without the constraints that the statement drops. PostgreSQL does that first, wherever in the statement it stands, so
     * that no other action of it can rely on them.
     */
    public Relation afterDrops(Statement.AlterTable alter) {
        return withConstraints(constraints.stream()
                .filter(constraint -> alter.actions().stream()
                        .noneMatch(action -> action instanceof TableAction.DropConstraint drop
                                && drop.name().equals(constraint.name())))
                .toList());
    }

    /** Whether no row can have NULL there, and PostgreSQL can tell without looking at the rows. */
    public boolean provenNotNull(String columnName) {
        return column(columnName).map(TableColumn::notNull).orElse(false)
                || constraints.stream().anyMatch(constraint -> saysNotNull(constraint, columnName));
    }

    private static boolean saysNotNull(Constraint constraint, String column) {
        if (constraint.condition() == null || !constraint.validated() || !constraint.enforced()) {
            return false;
        }
        var matcher = NOT_NULL_CHECK.matcher(constraint.condition().text());
        return matcher.matches() && constraint.condition().uses().columns().equals(List.of(column));
    }

    public Relation named(Name to) {
        return new Relation(to, kind, persistence, novelty, complete, columns, constraints, indexes, attachments, size);
    }

    public Relation withNovelty(Novelty to) {
        return new Relation(name, kind, persistence, to, complete, columns, constraints, indexes, attachments, size);
    }

    public Relation withPersistence(Persistence to) {
        return new Relation(name, kind, to, novelty, complete, columns, constraints, indexes, attachments, size);
    }

    public Relation withKind(Kind to) {
        return new Relation(name, to, persistence, novelty, complete, columns, constraints, indexes, attachments, size);
    }

    public Relation withSize(@Nullable TableSize to) {
        return new Relation(name, kind, persistence, novelty, complete, columns, constraints, indexes, attachments, to);
    }

    public Relation withAttachments(Attachments to) {
        return new Relation(name, kind, persistence, novelty, complete, columns, constraints, indexes, to, size);
    }

    public Relation withColumns(List<TableColumn> to) {
        return new Relation(name, kind, persistence, novelty, complete, to, constraints, indexes, attachments, size);
    }

    public Relation withConstraints(List<Constraint> to) {
        return new Relation(name, kind, persistence, novelty, complete, columns, to, indexes, attachments, size);
    }

    public Relation withIndexes(List<Index> to) {
        return new Relation(name, kind, persistence, novelty, complete, columns, constraints, to, attachments, size);
    }

    Relation plusColumn(TableColumn column) {
        return withColumns(plus(columns, column));
    }

    Relation plusConstraint(Constraint constraint) {
        return withConstraints(plus(constraints, constraint));
    }

    Relation plusIndex(Index index) {
        return withIndexes(plus(indexes, index));
    }

    Relation changeColumn(String columnName, UnaryOperator<TableColumn> change) {
        return withColumns(columns.stream()
                .map(column -> column.name().equals(columnName) ? change.apply(column) : column)
                .toList());
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> all = new ArrayList<>(list);
        all.add(element);
        return all;
    }
}
