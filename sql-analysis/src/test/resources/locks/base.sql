-- What every measured statement finds. Analysed and checkpointed before the first of them.
CREATE SCHEMA s;
SET search_path TO s, public;
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN dom AS int;
CREATE DOMAIN domc AS int CHECK (value > 0);
CREATE SEQUENCE sq;
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;

CREATE TABLE r (id bigint PRIMARY KEY, x int UNIQUE);
INSERT INTO r SELECT n, n FROM generate_series(1, 100) AS n;

CREATE TABLE t (
    id bigint PRIMARY KEY,
    a int,
    b text,
    v varchar(10),
    ch char(5),
    n numeric(10, 2),
    ts timestamp,
    tz timestamptz,
    ip cidr,
    iv interval(3),
    tm time(3),
    j json,
    dd dom,
    d int,
    nn int NOT NULL,
    m mood,
    arr int[],
    rid bigint
);
INSERT INTO t
SELECT n, n, 'b' || n, 'v' || n % 100, 'c', n, '2024-01-01', '2024-01-01', '10.0.0.0/8', '1 hour', '12:00', '{}', n, n, n, 'a',
       '{1}', n % 100 + 1
FROM generate_series(1, 1000) AS n;
CREATE INDEX t_b ON t (b);
CREATE INDEX t_v ON t (v);
CREATE INDEX t_ts ON t (ts);
CREATE UNIQUE INDEX t_uq ON t (a);
CREATE UNIQUE INDEX t_uq_nn ON t (nn);
ALTER TABLE t ADD CONSTRAINT ck_a CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE t ADD CONSTRAINT ck_b CHECK (b IS NOT NULL);
ALTER TABLE t ADD CONSTRAINT fk_nv FOREIGN KEY (rid) REFERENCES r (id) NOT VALID;
CREATE STATISTICS st ON a, nn FROM t;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
CREATE VIEW w AS SELECT id, a FROM t;
CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t;
CREATE UNIQUE INDEX mv_u ON mv (id);

CREATE TABLE e (id bigint, y int);
INSERT INTO e SELECT n, n FROM generate_series(1, 100) AS n;
CREATE UNIQUE INDEX e_uq ON e (id);

CREATE TABLE p (id bigint, k int) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
INSERT INTO p1 SELECT n, n % 10 FROM generate_series(1, 50) AS n;
CREATE TABLE p2 (id bigint, k int);
INSERT INTO p2 SELECT n, 10 + n % 10 FROM generate_series(1, 50) AS n;
CREATE TABLE p3 (id bigint, k int NOT NULL, CHECK (k >= 20 AND k < 30));
INSERT INTO p3 SELECT n, 20 + n % 10 FROM generate_series(1, 50) AS n;
