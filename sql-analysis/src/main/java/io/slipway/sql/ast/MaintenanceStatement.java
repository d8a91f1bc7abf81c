package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that change how a table is stored or known to the planner, and no definition. */
public sealed interface MaintenanceStatement extends Statement {

    /** @param tables empty for all of the database */
    record Vacuum(Span span, List<Name> tables, boolean full, boolean analyze) implements MaintenanceStatement {
        public Vacuum {
            tables = List.copyOf(tables);
        }

        @Override
        public boolean transactional() {
            return false;
        }
    }

    /** @param tables empty for all of the database */
    record Analyze(Span span, List<Name> tables) implements MaintenanceStatement {
        public Analyze {
            tables = List.copyOf(tables);
        }
    }

    /** @param table null for all tables that were clustered before */
    record Cluster(
            Span span, @Nullable Name table, @Nullable String index) implements MaintenanceStatement {
        @Override
        public boolean transactional() {
            return table != null;
        }
    }

    /** @param name null where the current database is meant */
    record Reindex(Span span, Target target, @Nullable Name name, boolean concurrently)
            implements MaintenanceStatement {
        public enum Target {
            INDEX,
            TABLE,
            SCHEMA,
            DATABASE,
            SYSTEM
        }

        @Override
        public boolean transactional() {
            return !concurrently && (target == Target.INDEX || target == Target.TABLE);
        }
    }

    /** REFRESH MATERIALIZED VIEW. */
    record Refresh(Span span, Name view, boolean concurrently, boolean withData) implements MaintenanceStatement {}

    /** @param mode in upper case, as SQL writes it: {@code ACCESS EXCLUSIVE} */
    record LockTable(Span span, List<Name> tables, String mode, boolean nowait) implements MaintenanceStatement {
        public LockTable {
            tables = List.copyOf(tables);
        }
    }

    /** @param ownedBy the table whose column the sequence is given to */
    record AlterSequence(Span span, Name name, @Nullable Name ownedBy) implements MaintenanceStatement {}
}
