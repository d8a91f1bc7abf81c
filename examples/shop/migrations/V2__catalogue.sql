-- What is sold. Categories form a tree.
CREATE TABLE categories (
    id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id integer REFERENCES categories (id),
    name      text NOT NULL,
    CONSTRAINT categories_name_key UNIQUE NULLS NOT DISTINCT (parent_id, name)
);

CREATE TABLE products (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id integer        NOT NULL REFERENCES categories (id),
    sku         text           NOT NULL,
    name        text           NOT NULL,
    description text           NOT NULL DEFAULT '',
    price       numeric(10, 2) NOT NULL,
    stock       integer        NOT NULL DEFAULT 0,
    attributes  jsonb          NOT NULL DEFAULT '{}',
    created_at  timestamptz    NOT NULL DEFAULT now(),
    updated_at  timestamptz    NOT NULL DEFAULT now(),
    CONSTRAINT products_sku_key UNIQUE (sku),
    CONSTRAINT products_price_not_negative CHECK (price >= 0),
    CONSTRAINT products_stock_not_negative CHECK (stock >= 0)
);

CREATE INDEX products_category_id_idx ON products (category_id);
