CREATE OR REPLACE VIEW reporting.titles AS
    SELECT t.id, t."Main; title" AS title, count(c.barcode) AS copies
    FROM title t LEFT JOIN copy c ON c.title_id = t.id
    GROUP BY t.id;
COMMENT ON VIEW reporting.titles IS 'For ${library_name}';
