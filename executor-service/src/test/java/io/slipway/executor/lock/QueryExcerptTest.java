package io.slipway.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryExcerptTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT a FROM b                             | SELECT a FROM b
            UPDATE orders SET name = 'Ann' WHERE id = 1 | UPDATE orders SET name = ...
            DELETE FROM t1 WHERE id = 4711              | DELETE FROM t1 WHERE id = ...
            SELECT $tag$secret$tag$                     | SELECT ...
            SELECT a /* secret */                       | SELECT a ...
            INSERT INTO t VALUES (U&'secret')           | INSERT INTO t ...
            """)
    void endsBeforeTheFirstValue(String query, String excerpt) {
        assertThat(QueryExcerpt.of(query)).isEqualTo(excerpt);
    }
}
