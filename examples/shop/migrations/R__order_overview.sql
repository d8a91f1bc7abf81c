-- Repeatable: runs again whenever this file has changed. CREATE OR REPLACE VIEW can add columns at the end only.
CREATE OR REPLACE VIEW order_overview AS
SELECT orders.id,
       orders.placed_at,
       orders.status,
       customers.full_name                    AS customer,
       addresses.country,
       count(*)                               AS positions,
       sum(items.quantity * items.unit_price) AS total
FROM orders
JOIN customers ON customers.id = orders.customer_id
JOIN addresses ON addresses.id = orders.address_id
JOIN order_items AS items ON items.order_id = orders.id AND items.placed_at = orders.placed_at
GROUP BY orders.id, orders.placed_at, orders.status, customers.full_name, addresses.country;
