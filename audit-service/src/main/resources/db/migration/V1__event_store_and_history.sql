-- Every event of both topics, as it came. The only truth of this service: everything below is worked out from it.
create table event (
    seq              bigint generated always as identity primary key,
    source           text        not null,
    id               text        not null,
    type             text        not null,
    subject          text        not null,
    target           text,
    run_id           uuid,
    time             timestamptz not null,
    received_at      timestamptz not null default clock_timestamp(),
    topic            text        not null,
    record_partition integer     not null,
    record_offset    bigint      not null,
    headers          jsonb       not null,
    body             jsonb,
    -- The bytes of a body that jsonb cannot hold exactly: no JSON, or with escapes or numbers that PostgreSQL refuses.
    raw              bytea,
    unique (source, id),
    check (body is null or raw is null)
);
create index event_by_run on event (run_id, seq) where run_id is not null;

create function refuse_change_of_event() returns trigger language plpgsql as $$
begin
    raise exception 'The event store is append-only: % on table % is refused.', tg_op, tg_table_name
        using errcode = 'insufficient_privilege',
              hint = 'Correct the projections instead; they can be rebuilt from the events.';
end
$$;
-- For each statement, so that even a change that meets no row is refused.
create trigger event_is_append_only before update or delete or truncate on event
    for each statement execute function refuse_change_of_event();

create table request (
    source           text        not null,
    id               text        not null,
    type             text        not null,
    kind             text        not null,
    target           text        not null,
    requested_by     text        not null,
    reason           text        not null,
    change_reference text,
    dry_run          boolean     not null,
    force            boolean     not null,
    -- The run that it becomes, or the row of its rejection.
    run_id           uuid        not null,
    at               timestamptz not null,
    primary key (source, id)
);
create index request_by_run on request (run_id);

-- One row for each run, from its request on, and one for each request that was rejected.
create table run (
    id               uuid primary key,
    target           text        not null,
    kind             text,
    state            text        not null,
    outcome          text,
    request_id       text,
    request_source   text,
    request_type     text,
    requested_by     text,
    reason           text,
    change_reference text,
    dry_run          boolean,
    force            boolean,
    digest           text,
    from_version     text,
    to_version       text,
    scripts          integer,
    risk             text,
    reversibility    text,
    verdict          jsonb,
    backup           jsonb,
    failure          jsonb,
    state_left       text,
    rows_affected    bigint,
    tables_modified  text[]      not null default '{}',
    created_at       timestamptz not null,
    started_at       timestamptz,
    ended_at         timestamptz,
    execution_ms     bigint,
    duration_ms      bigint generated always as ((extract(epoch from (ended_at - created_at)) * 1000)::bigint) stored,
    -- Grows with each event about the run, so that a reader can tell whether anything is new.
    revision         bigint      not null default 0
);
create index run_newest on run (created_at desc, id desc);
create index run_of_target on run (target, created_at desc, id desc);

create table step (
    seq        bigint generated always as identity,
    run_id     uuid        not null,
    key        text        not null,
    event_type text        not null,
    at         timestamptz not null,
    summary    text        not null,
    detail     jsonb       not null,
    primary key (run_id, key)
);

-- What was done to a target: scripts that were applied, and versions that were taken back.
create table applied_migration (
    run_id          uuid        not null,
    position        integer     not null,
    target          text        not null,
    direction       text        not null check (direction in ('APPLIED', 'UNDONE')),
    version         text,
    -- The version in the form in which equal versions have equal texts: 1, 1.0 and 01 are one.
    version_key     text,
    description     text        not null,
    script          text        not null,
    checksum        integer,
    transactional   boolean     not null,
    statements      integer     not null,
    rows_affected   bigint,
    tables_modified text[]      not null,
    took_ms         bigint      not null,
    at              timestamptz not null,
    undone_by_run   uuid,
    primary key (run_id, position)
);
create index applied_migration_of_target on applied_migration (target, at desc);
