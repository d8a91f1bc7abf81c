-- One row per run from its plan to its end; removed in the transaction that says how it ended.
create table execution_order (
    run_id     uuid primary key,
    target     text not null,
    kind       text not null,
    digest     text not null,
    state      text not null,
    plan       text not null,
    to_version text,
    started_at timestamptz
);
