package io.slipway.validator.verdict;

import io.quarkus.runtime.StartupEvent;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads a few statements in the background of the start. The grammar of PostgreSQL has thousands of rules; without this
 * the first run of the day waits while its tables are built.
 */
@ApplicationScoped
class ParserWarmUp {
    private static final Logger LOG = Logger.getLogger(ParserWarmUp.class);
    private static final String SQL = """
            CREATE TABLE warm_up (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT '');
            CREATE INDEX CONCURRENTLY warm_up_name ON warm_up (name);
            ALTER TABLE warm_up ADD COLUMN at timestamptz, ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
            CREATE VIEW warm_ups AS SELECT w.id, count(*) OVER () FROM warm_up w WHERE w.name LIKE 'a%' ORDER BY 1;
            CREATE FUNCTION warm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
            INSERT INTO warm_up (name) SELECT 'n' || i FROM generate_series(1, 10) i ON CONFLICT DO NOTHING;
            UPDATE warm_up SET name = upper(name) WHERE id < 5;
            DELETE FROM warm_up WHERE id = 1;
            DROP TABLE IF EXISTS warm_up CASCADE;
            """;

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().daemon().name("parser-warm-up").start(ParserWarmUp::read);
    }

    private static void read() {
        long start = System.nanoTime();
        new PlanAnalyzer().analyze(List.of(new Script("V1__warm_up.sql", Script.Kind.VERSIONED, "1", SQL)));
        LOG.debugf("The parser is warm after %d ms", (System.nanoTime() - start) / 1_000_000);
    }
}
