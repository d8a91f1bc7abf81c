CREATE MATERIALIZED VIEW reporting.loans_by_month AS
    SELECT date_trunc('month', lent_on) AS month, count(*) AS loans FROM loan GROUP BY 1;
CREATE UNIQUE INDEX ON reporting.loans_by_month (month);
CREATE SCHEMA archive;
CREATE TABLE archive.loan (LIKE loan INCLUDING DEFAULTS);
