-- The codes go; the spelling that they were made from was never changed.
UPDATE addresses SET country_code = NULL WHERE country_code IS NOT NULL;
