-- The newest that the backup service has said of each target.
CREATE TABLE verified_backup (
    target  text PRIMARY KEY,
    run_id  uuid NOT NULL,
    at      timestamptz NOT NULL,
    entries integer NOT NULL,
    tool    text NOT NULL
);

CREATE TABLE skipped_backup (
    target text PRIMARY KEY,
    run_id uuid NOT NULL,
    at     timestamptz NOT NULL,
    why    text NOT NULL
);

-- What the request takes the target for.
ALTER TABLE planned_run ADD COLUMN environment text;
