/* The types of the catalogue.
   /* Comments may nest in PostgreSQL; -- and this is still one; 'so is this */
   CREATE TABLE never_made (id int);
*/
CREATE TYPE item_condition AS ENUM ('new', 'good', 'worn; but readable', 'withdrawn -- for good');
CREATE DOMAIN isbn AS text CHECK (VALUE ~ '^[0-9]{9}[0-9X]$' OR VALUE ~ '^97[89][0-9]{10}$');
CREATE TYPE money_range AS RANGE (subtype = numeric);
COMMENT ON TYPE item_condition IS $$How a copy looks; $1 and ; mean nothing here. -- Nor does this.$$;
