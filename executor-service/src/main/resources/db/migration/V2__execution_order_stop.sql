-- Who asked to stop the run at its next safe point, and why; the first order stands.
alter table execution_order
    add column stop_requested_by text,
    add column stop_reason       text;
