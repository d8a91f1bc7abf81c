-- Whether who asked to stop the run wants the statement at work to be cancelled as well.
alter table execution_order
    add column stop_now boolean not null default false;
