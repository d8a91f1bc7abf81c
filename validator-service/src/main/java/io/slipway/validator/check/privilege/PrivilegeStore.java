package io.slipway.validator.check.privilege;

import io.slipway.validator.catalog.LiveRelation;
import io.slipway.validator.catalog.LiveRelation.Concern;
import io.slipway.validator.catalog.LiveRelation.Kind;
import io.slipway.validator.footprint.Footprint;
import io.slipway.validator.footprint.Power;
import io.slipway.validator.footprint.Use;
import io.slipway.validator.footprint.WantedExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the role of the connection may do. Everybody may read that. */
final class PrivilegeStore {
    private PrivilegeStore() {}

    static Role role(Connection target) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT rolname, rolsuper, rolcreaterole, rolcreatedb,
                       EXISTS (SELECT FROM pg_roles h
                                WHERE h.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'alloydbsuperuser')
                                  AND pg_has_role(h.oid, 'MEMBER')),
                       has_database_privilege(current_database(), 'CREATE'),
                       (SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only') = 'on'
                  FROM pg_roles WHERE rolname = current_user
                """);
                ResultSet row = select.executeQuery()) {
            row.next();
            Set<Power> powers = EnumSet.noneOf(Power.class);
            if (row.getBoolean(2)) {
                powers.addAll(EnumSet.allOf(Power.class));
            }
            if (row.getBoolean(3)) {
                powers.add(Power.CREATEROLE);
            }
            if (row.getBoolean(4)) {
                powers.add(Power.CREATEDB);
            }
            return new Role(row.getString(1), powers, row.getBoolean(5), row.getBoolean(6), row.getBoolean(7));
        }
    }

    /**
     * Of these schemas those that exist and in which the role may not create anything.
     *
     * @param schemas {@link Footprint#OWN_SCHEMA} for the first one of the search path
     */
    static List<String> closedSchemas(Connection target, Collection<String> schemas) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT nspname FROM pg_namespace
                 WHERE (nspname = ANY (?) OR ? AND nspname = current_schema())
                   AND NOT has_schema_privilege(oid, 'CREATE') ORDER BY nspname
                """)) {
            select.setArray(1, target.createArrayOf("text", schemas.toArray()));
            select.setBoolean(2, schemas.contains(Footprint.OWN_SCHEMA));
            try (ResultSet row = select.executeQuery()) {
                List<String> closed = new ArrayList<>();
                while (row.next()) {
                    closed.add(row.getString(1));
                }
                return closed;
            }
        }
    }

    /** Of the relations that the plan uses without being their owner those for which a privilege is missing. */
    static List<String> missing(Connection target, Map<LiveRelation, Set<Use>> uses) throws SQLException {
        List<String> oids = new ArrayList<>();
        List<String> privileges = new ArrayList<>();
        uses.forEach((relation, all) -> all.stream()
                .filter(use -> !use.needsOwner() && isAsked(relation))
                .map(Use::privilege)
                .distinct()
                .forEach(privilege -> {
                    oids.add(String.valueOf(relation.oid()));
                    privileges.add(privilege);
                }));
        if (oids.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement select = target.prepareStatement("""
                SELECT w.privilege || ' on ' || n.nspname || '.' || c.relname
                  FROM unnest(?::text[]::oid[], ?::text[]) AS w (oid, privilege)
                  JOIN pg_class c ON c.oid = w.oid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE CASE WHEN w.privilege IN ('INSERT', 'UPDATE', 'REFERENCES')
                            THEN NOT has_any_column_privilege(c.oid, w.privilege)
                            ELSE NOT has_table_privilege(c.oid, w.privilege) END
                 ORDER BY 1
                """)) {
            select.setArray(1, target.createArrayOf("text", oids.toArray()));
            select.setArray(2, target.createArrayOf("text", privileges.toArray()));
            try (ResultSet row = select.executeQuery()) {
                List<String> missing = new ArrayList<>();
                while (row.next()) {
                    missing.add(row.getString(1));
                }
                return missing;
            }
        }
    }

    /** What the role lacks for the ledger in a schema of its own: to make the schema, to make the table in it, or to use it. */
    static Optional<String> ledger(Connection target, String schema) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                WITH place AS (
                    SELECT wanted.name, n.oid AS schema, c.oid AS ledger
                      FROM (SELECT ?::text AS name) wanted
                      LEFT JOIN pg_namespace n ON n.nspname = wanted.name
                      LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'slipway_ledger')
                SELECT CASE
                    WHEN schema IS NULL AND NOT has_database_privilege(current_database(), 'CREATE')
                        THEN 'CREATE on the database, for the schema ' || name || ' of the ledger'
                    WHEN schema IS NOT NULL AND NOT has_schema_privilege(schema, 'USAGE')
                        THEN 'USAGE on schema ' || name || ' of the ledger'
                    WHEN schema IS NOT NULL AND ledger IS NULL AND NOT has_schema_privilege(schema, 'CREATE')
                        THEN 'CREATE on schema ' || name || ' of the ledger'
                    WHEN ledger IS NOT NULL
                         AND NOT (has_table_privilege(ledger, 'SELECT') AND has_table_privilege(ledger, 'INSERT')
                                  AND has_table_privilege(ledger, 'UPDATE'))
                        THEN 'SELECT, INSERT and UPDATE on ' || name || '.slipway_ledger' END
                  FROM place
                """)) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1));
            }
        }
    }

    /** Whoever goes through a parent needs no privileges on its parts. */
    private static boolean isAsked(LiveRelation relation) {
        return relation.concern() == Concern.NAMED && hasPrivileges(relation.kind());
    }

    private static boolean hasPrivileges(Kind kind) {
        return switch (kind) {
            case TABLE, PARTITIONED_TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> true;
            case INDEX, PARTITIONED_INDEX, SEQUENCE, COMPOSITE_TYPE, TOAST -> false;
        };
    }

    static List<OfferedExtension> extensions(Connection target, List<WantedExtension> wanted) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT w.ord, a.name IS NOT NULL, a.installed_version, v.version IS NOT NULL, v.superuser, v.trusted
                  FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w (name, version, ord)
                  LEFT JOIN pg_available_extensions a ON a.name = w.name
                  LEFT JOIN pg_available_extension_versions v
                    ON v.name = w.name AND v.version = coalesce(w.version, a.default_version)
                 ORDER BY w.ord
                """)) {
            select.setArray(
                    1,
                    target.createArrayOf(
                            "text", wanted.stream().map(WantedExtension::name).toArray()));
            select.setArray(
                    2,
                    target.createArrayOf(
                            "text",
                            wanted.stream().map(WantedExtension::version).toArray()));
            try (ResultSet row = select.executeQuery()) {
                List<OfferedExtension> offered = new ArrayList<>();
                while (row.next()) {
                    offered.add(new OfferedExtension(
                            wanted.get(row.getInt(1) - 1),
                            row.getBoolean(2),
                            row.getString(3),
                            row.getBoolean(4),
                            row.getBoolean(5),
                            row.getBoolean(6)));
                }
                return offered;
            }
        }
    }
}
