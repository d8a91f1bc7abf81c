package io.slipway.acceptance.flyway;

import io.slipway.contracts.FlywaySettings;
import io.slipway.localstack.server.Database;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/**
 * A directory of migrations in the manner of large public projects, from {@code src/test/resources/library}: dotted
 * versions, repeatables, placeholders, several schemas, quotes and comments in awkward places. Added to it are what is
 * too dull to keep, a baseline of 3,000 lines, and what version control would not keep, Windows line ends and a byte
 * order mark.
 */
record LibraryFixture(Path folder) {
    static final List<String> SCHEMAS = List.of("library", "reporting");

    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "app_role", "library_app",
            "home_town", "Sankt Peter''s; \"old\" town",
            "library_name", "the $town library -- all of it");
    private static final int SHELVES = 160;

    /** Puts the project into a new folder. */
    static LibraryFixture in(Path folder) throws IOException, URISyntaxException {
        var kept = Path.of(Objects.requireNonNull(LibraryFixture.class.getResource("/library"), "src/test/resources")
                .toURI());
        try (var files = Files.walk(kept)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = folder.resolve(kept.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(folder.resolve("core/V1__baseline.sql"), baseline());
        Files.write(
                folder.resolve("core/V1.2__from_windows.sql"),
                "\uFEFFCREATE TABLE from_windows (\r\n    id int, -- first\r\n    note text DEFAULT 'two\r\nlines'\r\n);\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        return new LibraryFixture(folder);
    }

    /** In the manner of {@code pg_dump}: every name qualified, the search path emptied. */
    static String baseline() {
        var sql = new StringBuilder("""
                --
                -- PostgreSQL database dump
                --

                SET statement_timeout = 0;
                SET client_encoding = 'UTF8';
                SET standard_conforming_strings = on;
                SELECT pg_catalog.set_config('search_path', '', false);
                SET check_function_bodies = false;
                SET client_min_messages = warning;

                CREATE SEQUENCE library.shelf_number START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

                """);
        for (int shelf = 1; shelf <= SHELVES; shelf++) {
            sql.append(shelf(shelf));
        }
        return sql.toString();
    }

    private static String shelf(int number) {
        return """
                --
                -- Name: shelf_%1$03d; Type: TABLE; Schema: library; Owner: -
                --

                CREATE TABLE library.shelf_%1$03d (
                    id bigint DEFAULT nextval('library.shelf_number'::regclass) NOT NULL,
                    label character varying(80) DEFAULT 'shelf; %1$d'::character varying NOT NULL,
                    parent_id bigint,
                    attributes jsonb DEFAULT '{"it''s": "--"}'::jsonb NOT NULL,
                    valid tstzrange,
                    CONSTRAINT shelf_%1$03d_label CHECK ((length((label)::text) > 0))
                );

                COMMENT ON COLUMN library.shelf_%1$03d.label IS 'Shelf /* %1$d */; it''s "labelled"';

                ALTER TABLE ONLY library.shelf_%1$03d
                    ADD CONSTRAINT shelf_%1$03d_pkey PRIMARY KEY (id);
                CREATE INDEX shelf_%1$03d_label_idx ON library.shelf_%1$03d USING btree (lower((label)::text));

                """.formatted(number);
    }

    FlywaySettings settings() {
        return new FlywaySettings(PLACEHOLDERS, SCHEMAS, false, null);
    }

    /** What a project without Slipway would run, with the one setting that PostgreSQL's concurrent indexes need. */
    Flyway plain(Database database, String target) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("filesystem:" + folder)
                .schemas(SCHEMAS.toArray(String[]::new))
                .placeholders(PLACEHOLDERS)
                .target(target)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }
}
