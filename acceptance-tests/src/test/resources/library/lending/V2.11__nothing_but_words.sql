-- Kept for its number; what it did moved to 2.10.
/* ; */
