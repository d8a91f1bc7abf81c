-- Not placeholders, since this script switches them off: see the .conf beside it.
CREATE TABLE template (name text PRIMARY KEY, body text NOT NULL);
INSERT INTO template VALUES ('reminder', 'Dear ${name}, ${count} books are due.');
