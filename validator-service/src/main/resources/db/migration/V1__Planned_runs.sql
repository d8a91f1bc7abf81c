-- A plan of a run. Decided exactly once; the plan itself is kept until then.
CREATE TABLE planned_run (
    id         text PRIMARY KEY,
    run_id     uuid NOT NULL,
    target     text NOT NULL,
    digest     text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('MIGRATION', 'ROLLBACK')),
    plan       text,
    heard_at   timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    passed     boolean,
    verdict    text,
    CHECK ((decided_at IS NULL) = (verdict IS NULL)),
    CHECK ((decided_at IS NULL) = (plan IS NOT NULL))
);
