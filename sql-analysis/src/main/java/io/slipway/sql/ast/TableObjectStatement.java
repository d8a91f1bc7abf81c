package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about what hangs on a table: triggers, policies, rules, statistics, publications. */
public sealed interface TableObjectStatement extends Statement {

    /** @param constraint whether it is a constraint trigger, which can be deferred */
    record CreateTrigger(
            Span span,
            String name,
            Name table,
            Name function,
            boolean orReplace,
            boolean constraint,
            List<String> events)
            implements TableObjectStatement {
        public CreateTrigger {
            events = List.copyOf(events);
        }
    }

    record CreatePolicy(Span span, String name, Name table, List<String> roles) implements TableObjectStatement {
        public CreatePolicy {
            roles = List.copyOf(roles);
        }
    }

    record AlterPolicy(Span span, String name, Name table) implements TableObjectStatement {}

    record CreateRule(Span span, String name, Name table, boolean orReplace, boolean onSelect)
            implements TableObjectStatement {}

    /** @param name null where PostgreSQL chooses it */
    record CreateStatistics(Span span, @Nullable Name name, Name table, List<String> columns)
            implements TableObjectStatement {
        public CreateStatistics {
            columns = List.copyOf(columns);
        }
    }

    record CreatePublication(Span span, String name, boolean allTables, List<Name> tables)
            implements TableObjectStatement {
        public CreatePublication {
            tables = List.copyOf(tables);
        }
    }

    record AlterPublication(Span span, String name, Verb verb, List<Name> tables) implements TableObjectStatement {
        /** What happens to its list of tables. */
        public enum Verb {
            ADD,
            DROP,
            SET,
            OTHER
        }

        public AlterPublication {
            tables = List.copyOf(tables);
        }
    }
}
