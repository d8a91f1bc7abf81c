-- What rehearsals derived for scripts that came without an undo script and are applied now. Unusable ones are kept with the
-- reason, so that a rollback can say it.
create table derived_undo (
    target   text   not null,
    -- Without trailing zeros, since 1.0 and 1 are one version.
    version  text   not null,
    -- The migration that it takes back, as it was applied.
    script   text   not null,
    checksum int,
    content  text,
    losses   text[] not null,
    unusable text,
    primary key (target, version),
    check (content is not null or unusable is not null)
);
-- Taking back a run that failed half-way does not queue behind runs that would build on its half.
alter table run add column urgent boolean not null default false;
