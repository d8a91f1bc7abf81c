-- "Who bought this?" By now order_items may be large: CONCURRENTLY lets the shop go on selling while the index is built.
-- It cannot run in a transaction, hence a migration of its own.
CREATE INDEX CONCURRENTLY order_items_product_id_idx ON order_items (product_id, order_id);
