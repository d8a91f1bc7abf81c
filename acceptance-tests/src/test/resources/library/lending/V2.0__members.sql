-- Placeholders in names, in strings, in comments (${app_role}) and with a dot: ${flyway:defaultSchema}.
CREATE TABLE ${flyway:defaultSchema}.member (
    id    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name  text NOT NULL,
    email text,
    town  text NOT NULL DEFAULT '${home_town}'
);
COMMENT ON TABLE member IS 'Members of ${library_name}; made by ${flyway:filename}';
DO $do$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${app_role}') THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', '${app_role}');
    END IF;
END
$do$;
GRANT SELECT, INSERT ON member TO ${app_role};
