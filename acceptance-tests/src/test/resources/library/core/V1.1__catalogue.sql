CREATE TABLE title (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    isbn         isbn UNIQUE,
    "Main; title" text NOT NULL, -- a column that no splitter may cut
    summary      text DEFAULT 'none; yet /* really */',
    price        numeric(10, 2) CHECK (price >= 0),
    search       tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce("Main; title", ''))) STORED,
    added_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX title_search ON title USING gin (search);
CREATE TABLE copy (
    barcode   text PRIMARY KEY,
    title_id  bigint NOT NULL REFERENCES title ON DELETE CASCADE,
    condition item_condition NOT NULL DEFAULT 'new'
);
INSERT INTO title (isbn, "Main; title", summary)
VALUES ('9780131103627', 'The C Programming Language', 'It''s terse; it''s good -- "K&R"'),
       ('9780201633610', E'Design\'s Patterns\\; elements', $q$dollar; 'quoted'$q$),
       (NULL, U&'\0041 book without number', NULL);
INSERT INTO copy (barcode, title_id)
SELECT 'B' || t.id || '-' || n, t.id FROM title t, generate_series(1, 3) n;
