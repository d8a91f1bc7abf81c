CREATE TABLE payments (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id  bigint         NOT NULL,
    placed_at timestamptz    NOT NULL,
    method    text           NOT NULL,
    amount    numeric(12, 2) NOT NULL,
    paid_at   timestamptz    NOT NULL DEFAULT now(),
    FOREIGN KEY (order_id, placed_at) REFERENCES orders (id, placed_at),
    CONSTRAINT payments_method_known CHECK (method IN ('card', 'invoice', 'wallet')),
    CONSTRAINT payments_amount_positive CHECK (amount > 0)
);

CREATE INDEX payments_order_id_idx ON payments (order_id);
