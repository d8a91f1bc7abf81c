CREATE TABLE wish_list_entries (
    customer_id bigint      NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    product_id  integer     NOT NULL REFERENCES products (id),
    added_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, product_id)
);
