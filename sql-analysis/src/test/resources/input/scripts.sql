-- Scripts of several statements for the fuzz test, each up to a line of equal signs: what the measured statements lack.
CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.changed := now(); -- it's the trigger's job
  IF TG_OP = 'UPDATE' THEN
    EXECUTE 'ALTER TABLE t ADD COLUMN "Odd;" int';
    EXECUTE format('DROP TABLE %I', NEW.name);
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION app.touch();
=====
DO $do$
DECLARE r record;
BEGIN
  FOR r IN SELECT a.id, 'x;y' AS s FROM t a WHERE a.id = ANY ('{1,2}'::int[]) LOOP
    DELETE FROM t WHERE id = r.id;
    BEGIN
      PERFORM f(r.s);
    EXCEPTION WHEN OTHERS THEN
      RAISE NOTICE $$it's % $$, SQLERRM;
    END;
  END LOOP;
END
$do$ LANGUAGE plpgsql;
=====
CREATE FUNCTION f(a int, VARIADIC b text[]) RETURNS int LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  INSERT INTO t (id) VALUES (a);
  SELECT CASE WHEN a > 0 THEN 1 ELSE -1 END;
END;
DROP FUNCTION f(int, text[]);
=====
COPY t (id, b) FROM stdin WITH (FORMAT csv, DELIMITER ';');
1;it's
2;"$$ -- /*"
\.
SELECT count(*) FROM t;
=====
BEGIN;
SET LOCAL lock_timeout = '5s';
SAVEPOINT a;
CREATE TABLE IF NOT EXISTS app."Order Line" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  amount numeric(12, 2) NOT NULL DEFAULT 0.00 CHECK (amount >= 0),
  tags text[] DEFAULT ARRAY['a', 'b']::text[],
  made timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
  total numeric GENERATED ALWAYS AS (amount * 2) STORED,
  parent bigint REFERENCES app."Order Line" (id) ON DELETE CASCADE DEFERRABLE,
  EXCLUDE USING gist (made WITH =)
) PARTITION BY RANGE (made);
ROLLBACK TO SAVEPOINT a;
RELEASE a;
COMMIT AND CHAIN;
=====
SELECT U&'d\0061t\+000061' UESCAPE '\', E'it\'s\\', e'\x41\u00e9', B'0101', X'1FF', N'n', U&"d\0061t", 'a'
  'b', $é$ $x$ ; $x$ $é$, 1_000.5e-3, 0x1F, :'var', $1, a::int[][3], b->>'k' @> '{}', c !~* 'd';
=====
WITH RECURSIVE w(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM w WHERE n < 10), d AS (DELETE FROM t RETURNING *)
INSERT INTO u AS x (a, b) SELECT n, sum(n) OVER (PARTITION BY n ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM w LEFT JOIN LATERAL (SELECT * FROM d) l ON true GROUP BY GROUPING SETS ((n), ())
ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b WHERE x.a IS DISTINCT FROM 1 RETURNING *;
=====
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.gone THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (u.id);
CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b);
CREATE POLICY p ON t USING (owner = current_user);
GRANT SELECT (a), UPDATE ON t TO joe WITH GRANT OPTION;
COMMENT ON COLUMN t.a IS 'it''s "a"';
=====
ALTER TABLE t ADD COLUMN c varchar(10), ALTER COLUMN a TYPE bigint USING a::bigint, DROP COLUMN IF EXISTS d CASCADE;
ALTER TABLE t RENAME COLUMN c TO e;
ALTER TABLE t RENAME TO tt;
ALTER TABLE tt SET SCHEMA app;
CREATE VIEW v AS SELECT * FROM app.tt;
DROP TABLE app.tt, t, v CASCADE;
=====
\set ON_ERROR_STOP on
\connect shop
/* nested /* comment */ ; */ SELECT 1 /* in it */ -- and behind
;;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'happy' BEFORE 'ok';
CREATE TABLE m (x mood DEFAULT 'happy');
