CREATE OR REPLACE FUNCTION title_label(t title) RETURNS text
    LANGUAGE sql STABLE
    RETURN t."Main; title" || coalesce(' (' || t.isbn || ')', '');

CREATE OR REPLACE FUNCTION lend(copy_barcode text, lender uuid) RETURNS date LANGUAGE plpgsql AS $_$
BEGIN
    INSERT INTO loan (barcode, member_id, lent_on, due_on) VALUES (copy_barcode, lender, current_date, current_date + 28);
    RETURN current_date + 28; -- four weeks
END $_$;
