-- A year of the demo's shop: some hundred thousand rows, the same ones each time. What looks random is arithmetic on the
-- number of the row.

-- As pg_restore --disable-triggers does: each row is made from the rows that it refers to, so checking the foreign keys
-- one by one would find nothing, and take most of the time.
SET LOCAL session_replication_role = replica;

INSERT INTO categories (name)
VALUES ('Kitchen'), ('Garden'), ('Workshop'), ('Outdoors');

INSERT INTO categories (parent_id, name)
SELECT parents.id, kinds.name
FROM categories AS parents
CROSS JOIN unnest(ARRAY['Tools', 'Storage', 'Lighting', 'Textiles', 'Spare parts']) AS kinds (name);

INSERT INTO products (category_id, sku, name, description, price, stock, attributes, created_at)
SELECT 5 + n % 20,
       'SKU-' || lpad(n::text, 5, '0'),
       (ARRAY['Oak', 'Steel', 'Linen', 'Copper', 'Walnut', 'Slate', 'Cork'])[1 + n % 7]
           || (ARRAY[' lamp', ' bowl', ' saw', ' tent', ' shelf', ' kettle', ' blanket', ' rake', ' hook', ' box', ' torch'])[1 + n % 11],
       'Made to last; series ' || n % 13 || '.',
       4.90 + (n * 37 % 19000) / 100.0,
       10000,
       jsonb_build_object('weightGrams', 50 + n * 13 % 4000, 'recyclable', n % 3 = 0),
       timestamptz '2024-06-01 00:00Z' + n * interval '2 hours'
FROM generate_series(1, 2000) AS n;

INSERT INTO customers (email, full_name, created_at)
SELECT 'customer' || n || '@example.com',
       (ARRAY['Ada', 'Alan', 'Barbara', 'Edsger', 'Frances', 'Grace', 'Jean', 'Ken', 'Leslie', 'Margaret', 'Niklaus'])[1 + n % 11]
           || (ARRAY[' Allen', ' Bell', ' Hopper', ' Klein', ' Martin', ' Novak', ' Rossi', ' Weber', ' Young'])[1 + n % 9],
       timestamptz '2024-06-01 00:00Z' + n * interval '12 minutes'
FROM generate_series(1, 25000) AS n;

-- The first 25,000 are the customers' homes, in the order of the customers. One in a thousand is misspelt.
INSERT INTO addresses (customer_id, street, postal_code, city, country)
SELECT 1 + (n - 1) % 25000,
       (ARRAY['Mill Lane ', 'Station Road ', 'Lindenweg ', 'Rue Verte ', 'Kerkstraat '])[1 + n % 5] || 1 + n % 140,
       lpad((10000 + n * 7 % 89000)::text, 5, '0'),
       (ARRAY['Riverton', 'Oldenfeld', 'Saint-Marc', 'Westkerk', 'Highcliff', 'Bergdorf'])[1 + n % 6],
       CASE WHEN n % 1000 = 0 THEN 'Germny'
            ELSE (ARRAY['Germany', 'Deutschland', 'France', 'UK', 'United Kingdom', 'Netherlands', 'Holland', ' Austria',
                        'Oesterreich', 'SCHWEIZ', 'Switzerland', 'USA', 'de'])[1 + n % 13]
       END
FROM generate_series(1, 30000) AS n;

INSERT INTO orders (customer_id, address_id, status, placed_at, updated_at)
SELECT customer, customer, status, placed_at, placed_at
FROM (SELECT 1 + n * 7919 % 25000 AS customer,
             timestamptz '2025-01-01 00:00Z' + n * interval '525 seconds' AS placed_at,
             (CASE WHEN n % 29 = 0 THEN 'cancelled'
                   WHEN n > 59800 THEN 'placed'
                   WHEN n > 59500 THEN 'paid'
                   WHEN n > 59000 THEN 'shipped'
                   ELSE 'delivered'
              END)::order_status AS status
      FROM generate_series(1, 60000) AS n) AS year;

INSERT INTO order_items (order_id, placed_at, position, product_id, quantity, unit_price)
SELECT orders.id, orders.placed_at, position, products.id, 1 + (orders.id + position) % 3, products.price
FROM orders
CROSS JOIN LATERAL generate_series(1, 1 + orders.id % 4) AS position
JOIN products ON products.id = 1 + (orders.id * 31 + position * 613) % 2000;

INSERT INTO payments (order_id, placed_at, method, amount, paid_at)
SELECT orders.id,
       orders.placed_at,
       (ARRAY['card', 'card', 'card', 'wallet', 'invoice'])[1 + orders.id % 5],
       sum(items.quantity * items.unit_price),
       orders.placed_at + interval '9 minutes'
FROM orders
JOIN order_items AS items ON items.order_id = orders.id
WHERE orders.status NOT IN ('placed', 'cancelled')
GROUP BY orders.id, orders.placed_at;

INSERT INTO wish_list_entries (customer_id, product_id)
SELECT n, 1 + n * 17 % 2000
FROM generate_series(1, 15000) AS n;

SET LOCAL session_replication_role = origin;

REFRESH MATERIALIZED VIEW sales_by_month;

ANALYZE;
