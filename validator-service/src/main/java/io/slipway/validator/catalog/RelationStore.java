package io.slipway.validator.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.validator.catalog.LiveRelation.Concern;
import io.slipway.validator.catalog.LiveRelation.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The relations that a plan names and those that hang together with them. */
public final class RelationStore {
    /**
     * The size is that of the statistics: asking for the real one takes a lock, and so waits behind a migration or a
     * VACUUM FULL.
     */
    private static final String RELATIONS = """
            WITH RECURSIVE wanted AS (
                SELECT * FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w (schema, name, ord)
            ), path AS (
                SELECT ARRAY[?::name] || current_schemas(false) AS schemas
            ), named AS (
                SELECT DISTINCT ON (w.ord) c.oid, w.ord
                  FROM wanted w
                 CROSS JOIN path p
                  JOIN pg_class c ON c.relname = w.name
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = w.schema OR w.schema IS NULL AND n.nspname = ANY (p.schemas)
                 ORDER BY w.ord, array_position(p.schemas, n.nspname)
            ), concerned (oid, ord, concern) AS (
                SELECT oid, ord, 0 FROM named
                UNION
                SELECT x.indrelid, named.ord, 1 FROM named JOIN pg_index x ON x.indexrelid = named.oid
                UNION
                SELECT i.inhrelid, concerned.ord, 1 FROM concerned JOIN pg_inherits i ON i.inhparent = concerned.oid
            ), related AS (
                SELECT oid, ord, concern FROM concerned
                UNION ALL
                SELECT k.confrelid, NULL, 2 FROM concerned JOIN pg_constraint k ON k.conrelid = concerned.oid
                 WHERE k.contype = 'f'
                UNION ALL
                SELECT k.conrelid, NULL, 2 FROM concerned JOIN pg_constraint k ON k.confrelid = concerned.oid
                 WHERE k.contype = 'f'
                UNION ALL
                SELECT d.objid, NULL, 2
                  FROM pg_type t
                  JOIN pg_namespace n ON n.oid = t.typnamespace
                  JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray)
                   AND d.classid = 'pg_class'::regclass AND d.objsubid > 0
                 WHERE t.typname = ANY (?) AND t.typtype IN ('e', 'd')
                   AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            ), found AS (
                SELECT DISTINCT ON (oid) oid, ord, concern FROM related ORDER BY oid, concern
            )
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind, f.concern, f.ord,
                   pg_get_userbyid(c.relowner), pg_has_role(c.relowner, 'USAGE'), c.reltuples,
                   (CASE WHEN c.relkind = 'p'
                         THEN (SELECT coalesce(sum(greatest(l.relpages, 0)), 0)
                                 FROM pg_partition_tree(c.oid) p JOIN pg_class l ON l.oid = p.relid)
                         ELSE greatest(c.relpages, 0) END
                     + coalesce(t.relpages, 0)
                     + coalesce((SELECT sum(greatest(i.relpages, 0)) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                                  WHERE x.indrelid = c.oid), 0)) * current_setting('block_size')::int
              FROM found f
              JOIN pg_class c ON c.oid = f.oid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
             ORDER BY f.concern, n.nspname, c.relname
            """;

    private RelationStore() {}

    /**
     * @param names as the plan has them
     * @param words identifiers of the plan; tables with columns of an enum or domain among them are related
     * @param defaultSchema where names without one are looked for first, before the connection's own search path
     */
    public static LiveRelations read(
            Connection target, Collection<Name> names, Collection<String> words, String defaultSchema)
            throws SQLException {
        List<Name> wanted = List.copyOf(names);
        List<LiveRelation> relations = new ArrayList<>();
        try (PreparedStatement select = target.prepareStatement(RELATIONS)) {
            select.setArray(
                    1,
                    target.createArrayOf(
                            "text", wanted.stream().map(Name::schema).toArray()));
            select.setArray(
                    2,
                    target.createArrayOf(
                            "text", wanted.stream().map(Name::local).toArray()));
            select.setString(3, defaultSchema);
            select.setArray(4, target.createArrayOf("text", words.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long ord = row.getLong(6);
                    relations.add(new LiveRelation(
                            row.getLong(1),
                            new Name(row.getString(2), row.getString(3)),
                            Kind.of(row.getString(4)),
                            Concern.values()[row.getInt(5)],
                            ord == 0 ? null : wanted.get((int) ord - 1),
                            row.getString(7),
                            row.getBoolean(8),
                            // Unknown is -1 there.
                            Math.max(0, row.getLong(9)),
                            row.getLong(10)));
                }
            }
        }
        return new LiveRelations(relations);
    }

    /**
     * The sizes as they are, with indexes and TOAST. Takes a lock on each table for a moment, so that it fails where
     * somebody holds one that allows no other and the session has a lock timeout.
     */
    public static Map<Long, Long> sizes(Connection target, LiveRelations relations) throws SQLException {
        Map<Long, Long> sizes = new HashMap<>();
        try (PreparedStatement select = target.prepareStatement("""
                SELECT c.oid::bigint, pg_total_relation_size(c.oid)
                  FROM pg_class c WHERE c.oid = ANY (?::text[]::oid[]) AND c.relkind IN ('r', 'm')
                """)) {
            select.setArray(1, relations.concernedOids(target));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sizes.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        return sizes;
    }
}
