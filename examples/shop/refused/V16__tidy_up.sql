-- Passes on a laptop, stops a shop: what validation refuses, and why.
CREATE INDEX payments_paid_at_idx ON payments (paid_at);

ALTER TABLE customers ADD COLUMN tax_number text NOT NULL;

DROP TABLE wish_list_entries;
