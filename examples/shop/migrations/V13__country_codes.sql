-- Countries were free text; taxes need ISO 3166 codes. First of three steps: the new column, which every row written
-- from now on gets filled. Clients need not know of it yet.
CREATE TABLE countries (
    code char(2) PRIMARY KEY,
    name text NOT NULL UNIQUE,
    CONSTRAINT countries_code_upper_case CHECK (code = upper(code))
);

CREATE TABLE country_spellings (
    spelling text PRIMARY KEY,
    code     char(2) NOT NULL REFERENCES countries (code),
    CONSTRAINT country_spellings_normal CHECK (spelling = lower(btrim(spelling)))
);

INSERT INTO countries (code, name)
VALUES ('AT', 'Austria'),
       ('CH', 'Switzerland'),
       ('DE', 'Germany'),
       ('FR', 'France'),
       ('GB', 'United Kingdom'),
       ('NL', 'Netherlands'),
       ('US', 'United States');

INSERT INTO country_spellings (spelling, code)
SELECT lower(name), code FROM countries
UNION
SELECT lower(code), code FROM countries
UNION
VALUES ('deutschland', 'DE'),
       ('great britain', 'GB'),
       ('holland', 'NL'),
       ('nederland', 'NL'),
       ('oesterreich', 'AT'),
       ('schweiz', 'CH'),
       ('uk', 'GB'),
       ('usa', 'US');

-- Nothing for a spelling that is not known.
CREATE FUNCTION country_code_of(country text) RETURNS char(2)
    LANGUAGE sql
    STABLE
RETURN (SELECT code FROM country_spellings WHERE spelling = lower(btrim(country)));

-- Without a default and without NOT NULL, this changes the catalogue only: no row is read or written. NOT VALID spares
-- reading them for the foreign key, too; the next step validates it.
ALTER TABLE addresses
    ADD COLUMN country_code char(2),
    ADD CONSTRAINT addresses_country_code_fkey FOREIGN KEY (country_code) REFERENCES countries (code) NOT VALID;

CREATE FUNCTION fill_country_code() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    NEW.country_code := country_code_of(NEW.country);
    RETURN NEW;
END
$$;

CREATE TRIGGER addresses_fill_country_code
    BEFORE INSERT OR UPDATE OF country ON addresses
    FOR EACH ROW EXECUTE FUNCTION fill_country_code();
