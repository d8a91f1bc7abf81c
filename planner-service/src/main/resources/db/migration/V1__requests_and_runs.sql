-- A run: one accepted request on its way. The row is what every event of the run locks.
create table run (
    id           uuid        primary key,
    -- Assigned under the lock of the target, so that within one target it is the order of arrival.
    seq          bigint      generated always as identity unique,
    target       text        not null,
    state        text        not null,
    ended        boolean     not null default false,
    -- Grows with every change; callers wait for it to pass what they have seen.
    revision     int         not null default 1,
    -- How often it was planned; tasks name it, so that a late one is recognised.
    round        int         not null default 0,
    plan_digest  text,
    ticket       json        not null,
    request      json        not null,
    plan         json,
    plan_summary json,
    verdict      json,
    progress     json,
    ending       json,
    created_at   timestamptz not null default now(),
    changed_at   timestamptz not null default now()
);
create index run_open_by_target on run (target, seq) where not ended;
create index run_by_target on run (target, seq desc);
create index run_by_seq on run (seq desc);

-- Every request by the key that its sender chose. A second content under the same key is a row of its own: refused once.
create table request (
    source      text        not null,
    id          text        not null,
    sha256      text        not null,
    first       boolean     not null,
    run         uuid,
    rejection   json,
    received_at timestamptz not null default now(),
    primary key (source, id, sha256)
);
create unique index request_first on request (source, id) where first;

-- The ways back that came with the plans whose migrations are applied.
create table applied_undo (
    target   text not null,
    -- Without trailing zeros, since 1.0 and 1 are one version.
    version  text not null,
    checksum int,
    script   text not null,
    content  text not null,
    primary key (target, version)
);
