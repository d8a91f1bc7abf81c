-- What is ordered leaves the stock, once per statement and not once per row. The products are locked in the order of
-- their ids, so that two orders of the same products wait for each other instead of ending in a deadlock.
CREATE FUNCTION take_from_stock() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM products
    WHERE id IN (SELECT product_id FROM ordered)
    ORDER BY id
    FOR NO KEY UPDATE;

    UPDATE products
    SET stock = stock - taken.quantity
    FROM (SELECT product_id, sum(quantity) AS quantity FROM ordered GROUP BY product_id) AS taken
    WHERE products.id = taken.product_id;

    RETURN NULL;
END
$$;

CREATE TRIGGER order_items_take_from_stock
    AFTER INSERT ON order_items
    REFERENCING NEW TABLE AS ordered
    FOR EACH STATEMENT EXECUTE FUNCTION take_from_stock();
