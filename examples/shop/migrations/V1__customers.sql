-- Who buys, and where they live.
CREATE TABLE customers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email      text        NOT NULL,
    full_name  text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customers_email_key UNIQUE (email),
    CONSTRAINT customers_email_lower_case CHECK (email = lower(email))
);

CREATE TABLE addresses (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    street      text   NOT NULL,
    postal_code text   NOT NULL,
    city        text   NOT NULL,
    country     text   NOT NULL
);

CREATE INDEX addresses_customer_id_idx ON addresses (customer_id);

COMMENT ON COLUMN addresses.country IS 'As the customer wrote it.';
