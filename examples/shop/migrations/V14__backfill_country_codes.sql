-- Second step: the rows from before. The trigger of V13 keeps new ones right meanwhile, so none is missed and none is
-- overwritten. A spelling that is not known stays without a code, for a person to look at.
UPDATE addresses
SET country_code = known.code
FROM country_spellings AS known
WHERE addresses.country_code IS NULL
  AND known.spelling = lower(btrim(addresses.country));

-- Reads the table and blocks nobody who reads or writes it.
ALTER TABLE addresses VALIDATE CONSTRAINT addresses_country_code_fkey;
