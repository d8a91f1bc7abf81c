-- Verdicts are asked for by run, the latest first, and forgotten by age.
CREATE INDEX planned_run_by_run ON planned_run (run_id, decided_at);
CREATE INDEX planned_run_by_age ON planned_run (decided_at);
