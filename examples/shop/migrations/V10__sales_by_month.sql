-- Filled by the nightly REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs the unique index.
CREATE MATERIALIZED VIEW sales_by_month AS
SELECT date_trunc('month', items.placed_at, 'UTC') AS month,
       products.category_id,
       count(DISTINCT items.order_id)              AS orders,
       sum(items.quantity)                         AS quantity,
       sum(items.quantity * items.unit_price)      AS revenue
FROM order_items AS items
JOIN products ON products.id = items.product_id
GROUP BY 1, 2;

CREATE UNIQUE INDEX sales_by_month_key ON sales_by_month (month, category_id);
