-- == nullable column: quiet
ALTER TABLE orders ADD COLUMN note text;
-- == column with a constant default: quiet
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
-- == column with now: quiet
ALTER TABLE users ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now();
-- == column with stable expression: quiet
ALTER TABLE users ADD COLUMN until timestamptz DEFAULT now() + interval '30 days', ADD COLUMN who text DEFAULT current_user;
-- == column with empty array: quiet
ALTER TABLE users ADD COLUMN tags text[] NOT NULL DEFAULT ARRAY[]::text[];
-- == column with json default: quiet
ALTER TABLE users ADD COLUMN settings jsonb NOT NULL DEFAULT '{}'::jsonb;
-- == column with immutable function: quiet
ALTER TABLE users ADD COLUMN code text DEFAULT upper('abc'), ADD COLUMN hash text DEFAULT md5('x');
-- == column and its default: quiet
ALTER TABLE orders ADD COLUMN key uuid;
ALTER TABLE orders ALTER COLUMN key SET DEFAULT gen_random_uuid();
-- == several columns at once: quiet
ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int, ADD COLUMN c int;
-- == add if not exists: quiet
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
-- == index concurrently: quiet
CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);
-- == index concurrently again and again: quiet
DROP INDEX CONCURRENTLY IF EXISTS orders_state_idx;
CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state) WHERE state <> 'done';
-- == unique index concurrently: quiet
CREATE UNIQUE INDEX CONCURRENTLY customer_email_uq ON customer (lower(email));
-- == unique constraint in two steps: quiet
-- >> V1__a.sql
CREATE UNIQUE INDEX CONCURRENTLY customer_email_uq ON customer (email);
-- >> V2__b.sql
ALTER TABLE customer ADD CONSTRAINT customer_email_uq UNIQUE USING INDEX customer_email_uq;
-- == check in two steps: quiet
-- >> V1__a.sql
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID;
-- >> V2__b.sql
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;
-- == foreign key in two steps: quiet
-- >> V1__a.sql
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id) NOT VALID;
-- >> V2__b.sql
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
-- == not null in three steps: quiet
-- >> V1__a.sql
ALTER TABLE orders ADD CONSTRAINT state_there CHECK (state IS NOT NULL) NOT VALID;
-- >> V2__b.sql
ALTER TABLE orders VALIDATE CONSTRAINT state_there;
-- >> V3__c.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT state_there;
-- == not null when the check is there: quiet
-- >> before
CREATE TABLE orders (id bigint PRIMARY KEY, state text, CONSTRAINT state_there CHECK (state IS NOT NULL));
-- >> V1__a.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT state_there;
-- == not null again: quiet
-- >> before
CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL);
-- >> V1__a.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
-- == drop not null: quiet
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;
-- == set default: quiet
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';
-- == widen varchar: quiet
-- >> before
CREATE TABLE customer (name varchar(50));
-- >> V1__a.sql
ALTER TABLE customer ALTER COLUMN name TYPE varchar(200);
-- == varchar to text: quiet
-- >> before
CREATE TABLE customer (name varchar(50));
-- >> V1__a.sql
ALTER TABLE customer ALTER COLUMN name TYPE text;
-- == widen numeric: quiet
-- >> before
CREATE TABLE item (price numeric(10,2));
-- >> V1__a.sql
ALTER TABLE item ALTER COLUMN price TYPE numeric(14,2);
-- == cidr to inet: quiet
-- >> before
CREATE TABLE host (address cidr);
-- >> V1__a.sql
ALTER TABLE host ALTER COLUMN address TYPE inet;
-- == view: quiet
CREATE VIEW open_orders AS SELECT id, state FROM orders WHERE state <> 'done';
-- == view replaced: quiet
CREATE OR REPLACE VIEW open_orders AS SELECT id, state, total FROM orders WHERE state <> 'done';
-- == repeatable view: quiet
-- >> R__views.sql
CREATE OR REPLACE VIEW open_orders AS SELECT id FROM orders;
-- == repeatable view dropped first: quiet
-- >> R__views.sql
DROP VIEW IF EXISTS open_orders;
CREATE VIEW open_orders AS SELECT id FROM orders;
-- == repeatable function and grant: quiet
-- >> R__functions.sql
CREATE OR REPLACE FUNCTION total(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
GRANT EXECUTE ON FUNCTION total(int, int) TO shop_app;
-- == materialized view without rows: quiet
CREATE MATERIALIZED VIEW sales AS SELECT state, count(*) AS n FROM orders GROUP BY state WITH NO DATA;
CREATE UNIQUE INDEX sales_state ON sales (state);
-- == refresh concurrently: quiet
REFRESH MATERIALIZED VIEW CONCURRENTLY sales;
-- == reindex concurrently with its setting: quiet
-- >> V1__a.sql
REINDEX INDEX CONCURRENTLY orders_state_idx;
-- >> V1__a.sql.conf
executeInTransaction=false
-- == drop index concurrently: quiet
DROP INDEX CONCURRENTLY orders_old_idx;
-- == partition attached: quiet
CREATE TABLE event_2030 (LIKE event INCLUDING ALL);
ALTER TABLE event ATTACH PARTITION event_2030 FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- == partition detached: quiet
-- >> V1__a.sql
ALTER TABLE event DETACH PARTITION event_2020 CONCURRENTLY;
-- >> V1__a.sql.conf
executeInTransaction = false
-- == index of a partitioned table: quiet
-- >> before
CREATE TABLE event (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE event_1 PARTITION OF event DEFAULT;
-- >> V1__a.sql
CREATE INDEX event_at ON ONLY event (at);
-- >> V2__b.sql
CREATE INDEX CONCURRENTLY event_1_at ON event_1 (at);
-- >> V3__c.sql
ALTER INDEX event_at ATTACH PARTITION event_1_at;
-- == enum value by itself: quiet
ALTER TYPE state ADD VALUE IF NOT EXISTS 'returned';
-- == enum value used later: quiet
-- >> V1__a.sql
ALTER TYPE state ADD VALUE 'returned';
-- >> V2__b.sql
UPDATE orders SET state = 'returned' WHERE id = 5;
-- == one row: quiet
UPDATE setting SET value = 'on' WHERE key = 'dark-mode';
-- == some rows by key: quiet
DELETE FROM country WHERE code IN ('su', 'dd', 'yu');
-- == insert rows: quiet
INSERT INTO country (code, name) VALUES ('ss', 'South Sudan') ON CONFLICT (code) DO NOTHING;
-- == grants: quiet
GRANT SELECT, INSERT ON orders TO shop_app;
REVOKE ALL ON orders FROM PUBLIC;
-- == comment: quiet
COMMENT ON COLUMN orders.state IS 'one of new, paid; see docs';
-- == statistics and storage parameters: quiet
ALTER TABLE orders SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01);
ALTER TABLE orders ALTER COLUMN state SET STATISTICS 1000;
-- == extended statistics: quiet
CREATE STATISTICS orders_stat (dependencies) ON state, customer_id FROM orders;
-- == analyze: quiet
ANALYZE orders;
-- == timeouts and a change: quiet
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = '30s';
ALTER TABLE orders ADD COLUMN note text;
-- == expand a rename with a view: quiet
CREATE VIEW orders_with_status AS SELECT id, state AS status FROM orders;
-- == rename a table and keep its name: quiet
ALTER TABLE orders RENAME TO purchase;
CREATE VIEW orders AS SELECT id, state FROM purchase;
-- == trigger for two columns: quiet
ALTER TABLE orders ADD COLUMN status text;
CREATE FUNCTION keep_status() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.status := NEW.state; RETURN NEW; END $$;
CREATE TRIGGER keep_status BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION keep_status();
-- == security definer with a path: quiet
CREATE FUNCTION f() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
-- == do block that is static: quiet
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('calm');
  END IF;
END $$;
-- == drop view and create it anew: quiet
DROP VIEW open_orders;
CREATE VIEW open_orders AS SELECT id FROM orders;
-- == drop function: quiet
DROP FUNCTION IF EXISTS old_total(int);
-- == extension: quiet
CREATE EXTENSION IF NOT EXISTS pgcrypto;
-- == rename of a constraint and an index: quiet
ALTER TABLE orders RENAME CONSTRAINT a TO b;
ALTER INDEX orders_a RENAME TO orders_b;
-- == placeholder text in a literal: quiet
INSERT INTO template (name, body) VALUES ('greeting', 'Dear {name}; -- DROP TABLE x');
-- == begin atomic: quiet
CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 ELSE 0 END; END;
-- == constraint swapped: quiet
ALTER TABLE orders DROP CONSTRAINT state_known;
ALTER TABLE orders ADD CONSTRAINT state_known CHECK (state IN ('new', 'paid', 'returned')) NOT VALID;
-- == constraint loosened with its undo: quiet
-- >> V1__a.sql
ALTER TABLE orders DROP CONSTRAINT total_positive;
-- >> U1__a.sql
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID;
-- == suppressed with a reason: quiet
-- slipway:ignore drop-table: emptied in release 40, nobody has read it since
DROP TABLE wish_list;
-- == suppressed for the whole file: quiet
-- slipway:ignore-file drop-column: moved to shop.address in release 12

ALTER TABLE customer DROP COLUMN street;
ALTER TABLE customer DROP COLUMN city;
-- == crlf and comments: quiet
/* first /* nested */ */
ALTER TABLE orders ADD COLUMN a int; -- DROP TABLE b;
-- == savepoint: quiet
SAVEPOINT a;
ALTER TABLE orders ADD COLUMN a int;
RELEASE SAVEPOINT a;
-- == generated virtual on 18: quiet
-- >> pg 18
-- >> V1__a.sql
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (net * 1.2) VIRTUAL;
-- == not null not valid on 18: quiet
-- >> pg 18
-- >> V1__a.sql
ALTER TABLE orders ADD CONSTRAINT state_there NOT NULL state NOT VALID;
-- == old schema widened and indexed: quiet
-- >> before
CREATE TABLE customer (id bigint PRIMARY KEY, name varchar(20));
CREATE INDEX customer_name ON customer (name);
-- >> V1__a.sql
ALTER TABLE customer ALTER COLUMN name TYPE varchar(80);
-- == callback: quiet
-- >> afterMigrate.sql
ANALYZE orders;
