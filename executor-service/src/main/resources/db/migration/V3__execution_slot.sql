-- Runs that wait for a slot of their server, or hold one, from when they may be executed until they have ended.
-- No foreign key to the order: its cascade would lock rows here without the server's lock.
create table execution_slot (
    run_id   uuid primary key,
    server   text not null,
    place    bigint generated always as identity,
    taken_at timestamptz
);
create index execution_slot_server on execution_slot (server, place);
