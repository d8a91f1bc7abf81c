DROP INDEX CONCURRENTLY products_search_idx;
