CREATE TABLE change_log (
    id      bigserial PRIMARY KEY,
    tbl     text NOT NULL,
    what    jsonb,
    at      timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    note text := 'a ; in a string, and $$ too';
BEGIN
    -- a comment with 'an open quote;
    IF TG_OP = 'DELETE' THEN
        EXECUTE $sql$INSERT INTO change_log (tbl, what) VALUES ($1, to_jsonb($2));$sql$ USING TG_TABLE_NAME, OLD;
        RETURN OLD;
    END IF;
    /* BEGIN; COMMIT; */
    INSERT INTO change_log (tbl, what) VALUES (TG_TABLE_NAME, to_jsonb(NEW));
    RETURN NEW;
END;
$body$;

CREATE TRIGGER copy_changes AFTER INSERT OR UPDATE OR DELETE ON copy FOR EACH ROW EXECUTE FUNCTION log_change();

CREATE PROCEDURE forget_changes(older interval)
LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM change_log WHERE at < now() - older;
    SELECT count(*) FROM change_log;
END;

CREATE RULE keep_log AS ON DELETE TO title
    DO ALSO (INSERT INTO change_log (tbl, what) VALUES ('title', to_jsonb(OLD)); NOTIFY title_gone);
