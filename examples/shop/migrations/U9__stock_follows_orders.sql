DROP TRIGGER order_items_take_from_stock ON order_items;
DROP FUNCTION take_from_stock();
