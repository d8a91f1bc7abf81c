-- What the backup service said of the backup that it made for the run.
alter table run add column backup json;
