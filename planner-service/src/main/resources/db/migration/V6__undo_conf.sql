-- The settings beside an undo script that came with a plan, without which some cannot be read.
alter table applied_undo add column conf text;
