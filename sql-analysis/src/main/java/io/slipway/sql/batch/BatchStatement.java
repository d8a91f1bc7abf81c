package io.slipway.sql.batch;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RowChange;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.batch.BatchReading.Defect;
import io.slipway.sql.batch.BatchReading.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a statement does the same in batches as at once. @param change null when it is no UPDATE or DELETE */
record BatchStatement(Statement statement, @Nullable RowChange change) {

    List<Defect> defects(BatchOptions options) {
        Uses reads =
                switch (statement) {
                    case Statement.Update update -> update.reads();
                    case Statement.Delete delete -> delete.reads();
                    default -> null;
                };
        if (reads == null || change == null) {
            return List.of(defect("Only an UPDATE or a DELETE can run in batches, and this is neither."));
        }
        List<Defect> defects = new ArrayList<>();
        change.obstacles().forEach(why -> defects.add(defect("This cannot run in batches: " + why + ".")));
        if (!same(options.table(), change.table())) {
            defects.add(defect("The marker is about %s, and the statement changes %s."
                    .formatted(options.table().sql(), change.table().sql())));
        }
        if (change.assigned().contains(options.key())) {
            defects.add(defect("It sets %s, by which the batches are cut: a row could be changed twice, or never."
                    .formatted(Name.quoted(options.key()))));
        }
        if (reads.relations().stream().anyMatch(read -> same(read, change.table()))) {
            defects.add(defect(
                    "It reads %s besides the row that it changes: each batch would see what the ones before it did."
                            .formatted(change.table().sql())));
        }
        return defects;
    }

    /** A name without a schema may well mean the other one. */
    private static boolean same(Name one, Name other) {
        String schema = one.schema();
        return one.local().equals(other.local())
                && (schema == null || other.schema() == null || schema.equals(other.schema()));
    }

    private Defect defect(String message) {
        return new Defect(Part.STATEMENT, statement.span(), message);
    }
}
