-- Full-text search in the catalogue.
CREATE INDEX CONCURRENTLY products_search_idx ON products
    USING gin (to_tsvector('english', name || ' ' || description));
