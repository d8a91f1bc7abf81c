create table sample_seen (
    seq      bigint generated always as identity primary key,
    event_id text not null,
    target   text not null,
    detail   text not null,
    trace_id text not null
);
create table sample_attempt (
    seq      bigint generated always as identity primary key,
    task_id  text not null,
    trace_id text not null
);
