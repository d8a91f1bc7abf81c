package io.slipway.validator.check.relation;

import io.slipway.sql.ast.Name;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.relation.VacuumOnTable.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the state of the tables of a plan. */
final class RelationStateStore {
    private static final int MOST = 200;

    private RelationStateStore() {}

    /** Locks that are waited for, and those that keep writers out; everybody may read them. */
    static List<LockOnTable> locks(Connection target, LiveRelations relations) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT n.nspname || '.' || c.relname, l.pid, coalesce(a.usename, 'unknown'),
                       coalesce(a.application_name, ''), l.mode, l.granted
                  FROM pg_locks l
                  JOIN pg_class c ON c.oid = l.relation
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                 WHERE l.locktype = 'relation' AND l.relation = ANY (?::text[]::oid[])
                   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND l.pid <> pg_backend_pid()
                   AND (NOT l.granted
                        OR l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))
                 ORDER BY l.granted, l.pid LIMIT ?
                """)) {
            select.setArray(1, relations.oids(target));
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<LockOnTable> locks = new ArrayList<>();
                while (row.next()) {
                    locks.add(new LockOnTable(
                            row.getString(1),
                            row.getInt(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getBoolean(6)));
                }
                return locks;
            }
        }
    }

    /** A worker is known by its lock; what it does only by its query, which not everybody may read. */
    static List<VacuumOnTable> vacuums(Connection target, LiveRelations relations) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT n.nspname || '.' || c.relname, l.pid,
                       a.backend_type IS NULL, a.query LIKE '%(to prevent wraparound)%'
                  FROM pg_locks l
                  JOIN pg_stat_activity a ON a.pid = l.pid AND a.usesysid IS NULL
                   AND coalesce(a.backend_type, 'autovacuum worker') = 'autovacuum worker'
                  JOIN pg_class c ON c.oid = l.relation
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
                   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND l.relation = ANY (?::text[]::oid[]) LIMIT ?
                """)) {
            select.setArray(1, relations.concernedOids(target));
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<VacuumOnTable> vacuums = new ArrayList<>();
                while (row.next()) {
                    Reason reason =
                            row.getBoolean(3) ? Reason.HIDDEN : row.getBoolean(4) ? Reason.WRAPAROUND : Reason.ROUTINE;
                    vacuums.add(new VacuumOnTable(row.getString(1), row.getInt(2), reason));
                }
                return vacuums;
            }
        }
    }

    /** The parent's half of an index on partitions is invalid until all have theirs, which is no accident. */
    static List<InvalidIndex> invalidIndexes(Connection target, LiveRelations relations) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                SELECT n.nspname, i.relname, t.relname, x.indisready,
                       EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = x.indexrelid)
                  FROM pg_index x
                  JOIN pg_class i ON i.oid = x.indexrelid AND i.relkind = 'i'
                  JOIN pg_class t ON t.oid = x.indrelid
                  JOIN pg_namespace n ON n.oid = i.relnamespace
                 WHERE x.indrelid = ANY (?::text[]::oid[]) AND NOT (x.indisvalid AND x.indisready)
                 ORDER BY 1, 2 LIMIT ?
                """)) {
            select.setArray(1, relations.concernedOids(target));
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<InvalidIndex> indexes = new ArrayList<>();
                while (row.next()) {
                    indexes.add(new InvalidIndex(
                            new Name(row.getString(1), row.getString(2)),
                            row.getString(3),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                }
                return indexes;
            }
        }
    }

    /** Sequences that belong to a column, and those that its default takes values from. */
    static List<SequenceUse> sequences(Connection target, LiveRelations relations) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                WITH tables AS (
                    SELECT unnest(?::text[]::oid[]) AS oid
                ), used (sequence, relation, attnum) AS (
                    SELECT d.objid, d.refobjid, d.refobjsubid
                      FROM tables JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = tables.oid
                     WHERE d.classid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
                    UNION
                    SELECT d.refobjid, ad.adrelid, ad.adnum
                      FROM tables JOIN pg_attrdef ad ON ad.adrelid = tables.oid
                      JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = ad.oid
                     WHERE d.refclassid = 'pg_class'::regclass
                ), bounded AS (
                    SELECT sn.nspname || '.' || s.relname AS sequence,
                           n.nspname || '.' || t.relname || '.' || a.attname AS "column",
                           format_type(a.atttypid, a.atttypmod) AS type,
                           least(q.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767
                                                           WHEN 'int4'::regtype THEN 2147483647
                                                           ELSE q.seqmax END) AS most,
                           q.seqrelid, has_sequence_privilege(q.seqrelid, 'SELECT,USAGE') AS visible
                      FROM used u
                      JOIN pg_sequence q ON q.seqrelid = u.sequence AND q.seqincrement > 0 AND NOT q.seqcycle
                      JOIN pg_class s ON s.oid = u.sequence
                      JOIN pg_namespace sn ON sn.oid = s.relnamespace
                      JOIN pg_class t ON t.oid = u.relation
                      JOIN pg_namespace n ON n.oid = t.relnamespace
                      JOIN pg_attribute a ON a.attrelid = u.relation AND a.attnum = u.attnum
                )
                SELECT sequence, "column", type, most,
                       coalesce(CASE WHEN visible THEN pg_sequence_last_value(seqrelid) END, 0), visible
                  FROM bounded ORDER BY "column" LIMIT ?
                """)) {
            select.setArray(1, relations.concernedOids(target));
            select.setInt(2, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<SequenceUse> sequences = new ArrayList<>();
                while (row.next()) {
                    sequences.add(new SequenceUse(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getBoolean(6)));
                }
                return sequences;
            }
        }
    }
}
