-- What running a script came to; absent for what was not measured. The two that are summed up lie beside it.
alter table applied_migration
    add column figures      jsonb,
    add column wal_bytes    bigint,
    add column lock_wait_ms bigint;
