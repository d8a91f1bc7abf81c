-- A run that was released for one plan. Settled exactly once: completed, skipped or failed.
CREATE TABLE release (
    id         text PRIMARY KEY,
    run_id     uuid NOT NULL,
    target     text NOT NULL,
    plan       text NOT NULL,
    heard_at   timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    outcome    text CHECK (outcome IN ('COMPLETED', 'SKIPPED', 'FAILED')),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
);

-- The dumps. A row outlives its file: it says that there was a backup, and when it was let go.
CREATE TABLE backup (
    id          text PRIMARY KEY REFERENCES release (id),
    run_id      uuid NOT NULL,
    target      text NOT NULL,
    location    text NOT NULL UNIQUE,
    size_bytes  bigint NOT NULL CHECK (size_bytes > 0),
    sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    entries     integer NOT NULL CHECK (entries >= 0),
    tool        text NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    verified_at timestamptz NOT NULL,
    removed_at  timestamptz
);

CREATE INDEX backup_by_target ON backup (target, started_at DESC);
