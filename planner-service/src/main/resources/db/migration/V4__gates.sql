-- Why a run waits, and when to look again whether it still has to.
alter table run add column hold json;
alter table run add column look_at timestamptz;
-- When a run is given up unless it has been released.
alter table run add column expires_at timestamptz;
-- A dry run changes nothing, so it neither waits for its turn nor keeps others waiting.
alter table run add column dry_run boolean not null default false;
create index run_held_by_look_at on run (look_at) where state = 'HELD';
create index run_open_by_expiry on run (expires_at) where not ended and expires_at is not null;

-- Who accepted which plan of a run. A plan that was made anew has another digest, so that these no longer count.
create table approval (
    run         uuid        not null references run (id) on delete cascade,
    plan_digest text        not null,
    person      text        not null,
    reason      text        not null,
    given_at    timestamptz not null,
    primary key (run, plan_digest, person)
);
