CREATE TABLE loan (
    barcode   text NOT NULL REFERENCES copy,
    member_id uuid NOT NULL REFERENCES member,
    lent_on   date NOT NULL,
    due_on    date NOT NULL,
    back_on   date,
    CHECK (due_on >= lent_on)
) PARTITION BY RANGE (lent_on);

DO $$
DECLARE
    first date;
BEGIN
    FOR month IN 0..11 LOOP
        first := date '2026-01-01' + make_interval(months => month);
        EXECUTE format(
            'CREATE TABLE loan_%s PARTITION OF loan FOR VALUES FROM (%L) TO (%L);',
            to_char(first, 'YYYY_MM'), first, first + interval '1 month');
    END LOOP;
END;
$$;
CREATE TABLE loan_rest PARTITION OF loan DEFAULT;
CREATE VIEW overdue AS
    SELECT m.name, l.barcode, current_date - l.due_on AS days
    FROM loan l JOIN member m ON m.id = l.member_id
    WHERE l.back_on IS NULL AND l.due_on < current_date;
