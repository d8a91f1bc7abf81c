-- How long a script took on each target the last time, to foresee runs on other targets.
create table script_duration (
    script   text   not null,
    checksum int    not null,
    target   text   not null,
    took_ms  bigint not null,
    primary key (script, checksum, target)
);
