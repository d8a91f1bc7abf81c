package io.slipway.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            create unique index concurrently if not exists a on b (c) | PATIENTLY
            `-- why
            CREATE INDEX CONCURRENTLY ON b (c);`                      | PATIENTLY
            drop index concurrently a                                 | PATIENTLY
            reindex (verbose) table concurrently a                    | PATIENTLY
            refresh materialized view concurrently a                  | PATIENTLY
            alter table a detach partition b concurrently             | ONCE
            call archive()                                            | ONCE
            do $$ begin commit; end $$                                | ONCE
            copy a from stdin                                         | ONCE
            alter type mood add value 'concurrently'                  | AGAIN
            vacuum analyze a                                          | AGAIN
            alter table a add column b int                            | AGAIN
            /* create index concurrently */ drop table a              | AGAIN
            """)
    void tellsHowAStatementMayWait(String sql, LooseRules.Wait wait) {
        assertThat(LooseRules.of(sql)).isEqualTo(wait);
    }
}
