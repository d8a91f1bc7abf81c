-- Runs that were given up with a script half done, perhaps: their target did not answer. Until the next run there has looked.
create table given_up_run (
    run_id      uuid primary key,
    target      text not null,
    plan        text not null,
    given_up_at timestamptz not null default clock_timestamp()
);
