-- What was ordered, at the price of that moment.
CREATE TABLE order_items (
    order_id   bigint         NOT NULL,
    placed_at  timestamptz    NOT NULL,
    position   smallint       NOT NULL,
    product_id integer        NOT NULL REFERENCES products (id),
    quantity   integer        NOT NULL,
    unit_price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, position),
    FOREIGN KEY (order_id, placed_at) REFERENCES orders (id, placed_at),
    CONSTRAINT order_items_quantity_positive CHECK (quantity > 0),
    CONSTRAINT order_items_unit_price_not_negative CHECK (unit_price >= 0)
);
