-- What a service has already taken in: an event id counts once for ever, or until it is pruned.
create table inbox (
    source      text        not null,
    id          text        not null,
    received_at timestamptz not null default now(),
    primary key (source, id)
);
create index inbox_received_at on inbox (received_at);

-- What a service has decided to say and Kafka has not acknowledged yet. The relay empties it in the order of seq.
create table outbox (
    seq        bigint generated always as identity primary key,
    topic      text        not null,
    key        text        not null,
    headers    jsonb       not null,
    body       bytea       not null,
    created_at timestamptz not null default now()
);

-- The table of db-scheduler 16, as its documentation gives it for PostgreSQL.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
