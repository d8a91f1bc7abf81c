ALTER TYPE item_condition ADD VALUE IF NOT EXISTS 'lost';
