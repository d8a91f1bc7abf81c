-- == first tables: quiet
CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer);
CREATE INDEX orders_customer_idx ON orders (customer_id);
-- == table with every kind of column: quiet
CREATE TABLE everything (
  a bigint PRIMARY KEY, b numeric(12,2) NOT NULL DEFAULT 0, c timestamptz NOT NULL DEFAULT now(), d uuid DEFAULT gen_random_uuid(),
  e text COLLATE "C", f int[] NOT NULL DEFAULT '{}', g jsonb, h date, i inet, j bytea, k interval, l boolean NOT NULL DEFAULT false,
  m int GENERATED ALWAYS AS (1) STORED, n tstzrange, CHECK (b >= 0), UNIQUE (d, h));
-- == table with comment, grant and rows: quiet
CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);
COMMENT ON TABLE country IS 'ISO 3166; two letters';
GRANT SELECT ON country TO shop_reader;
INSERT INTO country VALUES ('de', 'Germany'), ('fr', 'France');
-- == new schema with its own things: quiet
CREATE SCHEMA billing;
CREATE TABLE billing.invoice (id bigint PRIMARY KEY, total numeric NOT NULL);
CREATE VIEW billing.open_invoice AS SELECT id, total FROM billing.invoice WHERE total > 0;
CREATE SEQUENCE billing.number;
-- == new partitioned table: quiet
CREATE TABLE event (id bigint, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE event_2026 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE event_rest PARTITION OF event DEFAULT;
CREATE INDEX event_at_idx ON event USING brin (at);
-- == new table changed in the same script: quiet
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD COLUMN c text NOT NULL;
ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b SET NOT NULL;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0), ADD CONSTRAINT one UNIQUE (b);
ALTER TABLE t RENAME COLUMN c TO d;
ALTER TABLE t DROP COLUMN d;
CREATE INDEX t_a ON t (a);
TRUNCATE t;
-- == new table changed in the next script: quiet
-- >> V1__a.sql
CREATE TABLE shop.t (a int);
-- >> V2__b.sql
ALTER TABLE shop.t ADD COLUMN b uuid DEFAULT gen_random_uuid();
CREATE INDEX t_b ON shop.t (b);
ALTER TABLE shop.t ADD PRIMARY KEY (a);
-- == table that is made and thrown away: quiet
CREATE TABLE scratch AS SELECT 1 AS a;
UPDATE scratch SET a = 2;
DROP TABLE scratch;
-- == temporary table: quiet
CREATE TEMP TABLE batch (id bigint PRIMARY KEY) ON COMMIT DROP;
INSERT INTO batch SELECT g FROM generate_series(1, 100) g;
DELETE FROM batch;
-- == unlogged cache table: quiet
CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value jsonb, until timestamptz);
-- == table by like: quiet
CREATE TABLE orders_2030 (LIKE orders INCLUDING ALL);
-- == enum type and its table: quiet
CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE payment (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'new');
-- == domain without constraint: quiet
CREATE DOMAIN email AS text;
CREATE TABLE contact (id bigint PRIMARY KEY, mail email);
-- == composite type: quiet
CREATE TYPE address AS (street text, city text);
-- == table and trigger function: quiet
CREATE TABLE t (id bigint PRIMARY KEY, changed_at timestamptz);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed_at := now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
-- == row security on a new table: quiet
CREATE TABLE note (id bigint PRIMARY KEY, owner text NOT NULL);
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON note USING (owner = current_user);
-- == self reference: quiet
CREATE TABLE category (id bigint PRIMARY KEY, parent_id bigint REFERENCES category);
-- == two tables that refer to each other: quiet
CREATE TABLE a (id bigint PRIMARY KEY, b_id bigint);
CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a);
ALTER TABLE a ADD CONSTRAINT a_b_fk FOREIGN KEY (b_id) REFERENCES b;
-- == exclusion in a new table: quiet
CREATE TABLE booking (room int, during tstzrange, EXCLUDE USING gist (during WITH &&));
-- == table in quotes: quiet
CREATE TABLE "Order Items" ("Id" bigint PRIMARY KEY, "select" text);
CREATE INDEX "Items" ON "Order Items" ("select");
-- == create if not exists and index: quiet
CREATE TABLE IF NOT EXISTS setting (key text PRIMARY KEY, value text);
CREATE INDEX IF NOT EXISTS setting_value ON setting (value);
-- == copy into a new table: quiet
CREATE TABLE country (code text, name text);
COPY country (code, name) FROM stdin;
de	Germany; and more
fr	France 'x
\.
CREATE INDEX country_name ON country (name);
-- == search path of its own: quiet
SET search_path = shop, public;
CREATE TABLE thing (id bigint PRIMARY KEY);
CREATE INDEX thing_id ON thing (id);
-- == inherited table: quiet
CREATE TABLE base (id bigint);
CREATE TABLE child (extra text) INHERITS (base);
-- == drop what the plan made: quiet
-- >> V1__a.sql
CREATE TABLE wrong (id int);
-- >> V2__b.sql
DROP TABLE wrong;
-- == undo beside it: quiet
-- >> V1__a.sql
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE INDEX t_i ON t (id);
-- >> U1__a.sql
DROP TABLE t;
-- == undo of a column: quiet
-- >> V1__a.sql
ALTER TABLE orders ADD COLUMN note text;
-- >> U1__a.sql
ALTER TABLE orders DROP COLUMN note;
-- == undo of two, of which only the first has a script: quiet
-- >> V1__a.sql
CREATE TABLE a (id bigint PRIMARY KEY);
-- >> V2__b.sql
CREATE TABLE b (a_id bigint PRIMARY KEY REFERENCES a);
-- >> U1__a.sql
DROP TABLE a;
-- == undo of a column that came after a view of all columns: quiet
-- >> before
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT * FROM a;
-- >> V1__a.sql
ALTER TABLE a ADD COLUMN note text;
-- >> U1__a.sql
ALTER TABLE a DROP COLUMN note;
-- == undo of what two made: quiet
-- >> V1__a.sql
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- >> V2__b.sql
CREATE TABLE b (a_id bigint PRIMARY KEY REFERENCES a);
CREATE VIEW v AS SELECT a_id FROM b;
-- >> U1__a.sql
DROP FUNCTION f(int);
DROP FUNCTION f(text);
DROP TABLE a;
-- >> U2__b.sql
DROP VIEW v;
DROP TABLE b;
-- == undo of a view and a function: quiet
-- >> V1__a.sql
CREATE VIEW v AS SELECT 1 AS a;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- >> U1__a.sql
DROP VIEW v;
DROP FUNCTION f();
-- == undo of a schema: quiet
-- >> V1__a.sql
CREATE SCHEMA s;
CREATE TABLE s.t (id int);
CREATE TYPE s.e AS ENUM ('a');
-- >> U1__a.sql
DROP SCHEMA s CASCADE;
