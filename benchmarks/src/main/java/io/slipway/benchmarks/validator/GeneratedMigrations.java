package io.slipway.benchmarks.validator;

import io.slipway.localstack.machine.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Migrations such as projects have: each file adds a table with what belongs to it, and changes what the file before has added.
 *
 * @param scripts ten statements each
 */
record GeneratedMigrations(List<String> scripts) {

    static final int STATEMENTS = 10;

    private static final String SCRIPT = """
            -- Invoices of region %1$d.
            CREATE TABLE invoice_%1$d (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                customer_id bigint NOT NULL,
                number varchar(20) NOT NULL,
                state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'void')),
                amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
                made timestamptz NOT NULL DEFAULT now(),
                UNIQUE (number)
            );
            CREATE INDEX invoice_%1$d_customer_idx ON invoice_%1$d (customer_id) WHERE state = 'open';
            COMMENT ON TABLE invoice_%1$d IS 'One row for each invoice; it''s kept for ten years';
            CREATE VIEW open_invoice_%1$d AS SELECT i.id, i.number, i.amount FROM invoice_%1$d i WHERE i.state = 'open';
            ALTER TABLE invoice_%2$d ADD COLUMN IF NOT EXISTS note text, ADD COLUMN IF NOT EXISTS due date;
            ALTER TABLE invoice_%2$d ADD CONSTRAINT due_%1$d CHECK (due > '2020-01-01') NOT VALID;
            ALTER TABLE invoice_%2$d VALIDATE CONSTRAINT due_%1$d;
            UPDATE invoice_%2$d SET note = upper(number) WHERE note IS NULL AND id BETWEEN 1 AND 1000;
            CREATE FUNCTION count_%1$d(since timestamptz) RETURNS bigint LANGUAGE sql STABLE
                AS $$ SELECT count(*) FROM invoice_%1$d WHERE made > since $$;
            INSERT INTO invoice_%1$d (customer_id, number, amount) VALUES (1, 'a-1', 10.00), (2, 'a-2', 20.50);
            """;

    static GeneratedMigrations of(int files) {
        return new GeneratedMigrations(IntStream.rangeClosed(1, files)
                .mapToObj(number -> SCRIPT.formatted(number, Math.max(1, number - 1)))
                .toList());
    }

    String asOneScript() {
        return String.join("", scripts);
    }

    /** Under names that Flyway accepts. */
    void writeTo(Path folder) {
        Folders.create(folder);
        try {
            for (var number = 1; number <= scripts.size(); number++) {
                Files.writeString(folder.resolve("V%d__invoices.sql".formatted(number)), scripts.get(number - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write migrations into " + folder, e);
        }
    }
}
