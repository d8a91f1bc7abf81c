-- Third step: the tax report reads by country. Only the rows that have a code are of use to it.
CREATE INDEX CONCURRENTLY addresses_country_code_idx ON addresses (country_code, postal_code)
    WHERE country_code IS NOT NULL;
