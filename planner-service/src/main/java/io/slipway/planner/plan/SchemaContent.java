package io.slipway.planner.plan;

import io.slipway.contracts.FlywaySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whether the schemas that Flyway would manage hold anything; by the rule after which Flyway refuses them. */
final class SchemaContent {
    /**
     * As in Flyway 12's PostgreSQLSchema: relations, types and functions that no extension owns. Slipway's own ledger does
     * not count, since it may be there before the first migration is.
     */
    private static final String PRESENT = """
            with managed as (
                select oid
                from pg_namespace
                where nspname = any (case when cardinality(?::text[]) = 0 then array[current_schema()::text] else ?::text[] end)
            )
            select exists (
                select from pg_class c
                where c.relnamespace in (select oid from managed)
                  and c.relkind in ('r', 'v', 'S', 't')
                  and c.relname not like 'slipway\\_%'
                  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
                union all
                select from pg_type t
                where t.typnamespace in (select oid from managed)
                  and t.typcategory not in ('A', 'C')
                  and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
                union all
                select from pg_proc p
                where p.pronamespace in (select oid from managed)
                  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            )
            """;

    private SchemaContent() {}

    static boolean present(Connection connection, FlywaySettings settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRESENT)) {
            var schemas = connection.createArrayOf("text", settings.schemas().toArray());
            statement.setArray(1, schemas);
            statement.setArray(2, schemas);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
