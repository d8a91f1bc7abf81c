DROP TRIGGER addresses_fill_country_code ON addresses;
DROP FUNCTION fill_country_code();
ALTER TABLE addresses DROP COLUMN country_code;
DROP FUNCTION country_code_of(text);
DROP TABLE country_spellings;
DROP TABLE countries;
