-- What the examples of the rules take for granted. A section is laid when an example, or a section that is laid, has its
-- name, or what the pattern behind "when" matches. The part of a name before its last dot is the section that it hangs on.
-- What an example makes itself is left out.

-- >> shop
CREATE SCHEMA shop;
-- >> archive when schema archive
CREATE SCHEMA archive;

-- >> email when domain email
CREATE DOMAIN email AS text;
-- >> mood
CREATE TYPE mood AS ENUM ('wild');
-- >> mood.calm when calm
ALTER TYPE mood ADD VALUE 'calm';
-- >> touch
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
-- >> total when function total
CREATE FUNCTION total(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- >> f when routine f
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- >> pgcrypto when drop extension pgcrypto
CREATE EXTENSION pgcrypto;

-- >> customers
CREATE TABLE customers (id bigint PRIMARY KEY, name text, email text);
INSERT INTO customers VALUES (1, 'Ada', 'ada@example.org');
ANALYZE customers;
-- >> customer
CREATE TABLE customer (id int PRIMARY KEY);
-- >> c when references c
CREATE TABLE c (id int PRIMARY KEY);

-- >> orders when orders|orders_pkey
CREATE TABLE orders (id bigint NOT NULL);
INSERT INTO orders VALUES (100);
ANALYZE orders;
-- >> orders.orders_pkey when orders|orders_pkey
ALTER TABLE orders ADD PRIMARY KEY (id);
-- >> orders.state when state
ALTER TABLE orders ADD state text DEFAULT 'new';
-- >> orders.number when number
ALTER TABLE orders ADD number text;
-- >> orders.total when total
ALTER TABLE orders ADD total numeric DEFAULT 1;
-- >> orders.total_cents when total_cents
ALTER TABLE orders ADD total_cents numeric;
-- >> orders.net when net
ALTER TABLE orders ADD net numeric DEFAULT 1;
-- >> orders.note when note
ALTER TABLE orders ADD note text DEFAULT 'a note';
-- >> orders.owner when owner = current_user
ALTER TABLE orders ADD owner text;
-- >> orders.at when at < current_date
ALTER TABLE orders ADD at date DEFAULT '2024-01-01';
-- >> orders.customer_id when customer_id
ALTER TABLE orders ADD customer_id bigint DEFAULT 1;
-- >> orders.a when a
ALTER TABLE orders ADD a int DEFAULT 1;
-- >> orders.b when b
ALTER TABLE orders ADD b int DEFAULT 1;
-- >> orders.c when c
ALTER TABLE orders ADD c int DEFAULT 1;
-- >> orders.d when d
ALTER TABLE orders ADD d int DEFAULT 1;
-- >> orders.orders_customer_id_fkey when orders_customer_id_fkey
ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers;
-- >> orders.c when constraint c
ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- >> orders.positive when constraint positive
ALTER TABLE orders ADD CONSTRAINT positive CHECK (id > 0);
-- >> orders.orders_total_check when orders_total_check
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (id > 0);
-- >> orders.orders_a_not_null when orders_a_not_null
ALTER TABLE orders ADD CONSTRAINT orders_a_not_null CHECK (a IS NOT NULL);
-- >> orders.a when rename constraint a
ALTER TABLE orders ADD CONSTRAINT a CHECK (id > 0);
-- >> orders.touch when trigger touch
CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();

-- >> orders_state
CREATE INDEX orders_state ON orders (state);
-- >> orders_state_idx
CREATE INDEX orders_state_idx ON orders (state);
-- >> orders_id
CREATE UNIQUE INDEX orders_id ON orders (id);
-- >> orders_new
CREATE UNIQUE INDEX orders_new ON orders (id);
-- >> orders_uuid
CREATE UNIQUE INDEX orders_uuid ON orders (id);
-- >> orders_number
CREATE UNIQUE INDEX orders_number ON orders (number);
-- >> orders_a when reindex index concurrently orders_a
CREATE INDEX orders_a ON orders (a);
-- >> i when (drop|reindex) index concurrently i
CREATE INDEX i ON orders (id);
-- >> j when drop index concurrently j
CREATE INDEX j ON orders (id);
-- >> open_orders
CREATE VIEW open_orders AS SELECT id, state FROM orders;
-- >> archive when into archive
CREATE TABLE archive AS SELECT * FROM orders WITH NO DATA;

-- >> shop.orders when (on|table|exists) shop.orders
CREATE TABLE shop.orders (id bigint PRIMARY KEY, state text);
-- >> shop.items when shop.items
CREATE TABLE shop.items (id bigint PRIMARY KEY);
-- >> shop.customers when shop.customers_email_key
CREATE TABLE shop.customers (email text CONSTRAINT customers_email_key UNIQUE);

-- >> items
CREATE TABLE items (id bigint PRIMARY KEY, state text);
INSERT INTO items VALUES (1, 'new');
-- >> items.a when items set a
ALTER TABLE items ADD a int;
-- >> items.b when b
ALTER TABLE items ADD b int;
-- >> items.c when validate constraint c
ALTER TABLE items ADD CONSTRAINT c CHECK (id > 0) NOT VALID;

-- >> t
CREATE TABLE t (id int);
INSERT INTO t VALUES (1);
-- >> t.a when a
ALTER TABLE t ADD a int;
-- >> t.b when b
ALTER TABLE t ADD b int;
-- >> a when drop table a
CREATE TABLE a (id int);
-- >> b when drop table b
CREATE TABLE b (id int);
-- >> a when drop index concurrently a
CREATE TABLE of_a (id int);
CREATE INDEX a ON of_a (id);
-- >> b when drop index concurrently b
CREATE TABLE of_b (id int);
CREATE INDEX b ON of_b (id);

-- >> people
CREATE TABLE people (id int PRIMARY KEY, mood mood);
INSERT INTO people VALUES (1, 'wild');
-- >> events
CREATE TABLE events (id int PRIMARY KEY, created_at timestamptz);
-- >> settings
CREATE TABLE settings (key text, value text, k text, v int);
-- >> booking
CREATE TABLE booking (room int4range, during tstzrange);

-- >> event
CREATE TABLE event (id bigint) PARTITION BY RANGE (id);
-- >> event_2020 when attach partition event_2020
CREATE TABLE event_2020 (id bigint NOT NULL);
INSERT INTO event_2020 VALUES (1);
-- >> event_2020 when detach partition event_2020
CREATE TABLE event_2020 PARTITION OF event FOR VALUES FROM (1) TO (2);
-- >> p when detach partition p1
CREATE TABLE p (a int) PARTITION BY RANGE (a);
-- >> p.p1 when detach partition p1
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);

-- >> sales
CREATE MATERIALIZED VIEW sales AS SELECT 1 AS id;
CREATE UNIQUE INDEX ON sales (id);
-- >> sales_by_day
CREATE MATERIALIZED VIEW sales_by_day AS SELECT 1 AS id;
-- >> v when (refresh|drop) materialized view (concurrently )?v
CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;
CREATE UNIQUE INDEX ON v (a);
