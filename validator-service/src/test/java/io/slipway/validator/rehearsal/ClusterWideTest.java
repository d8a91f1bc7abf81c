package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterWideTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE app",
                "create /* a */ user app",
                "-- why\nDrop Database shop",
                "ALTER SYSTEM SET work_mem = '1GB'",
                "CREATE TABLESPACE fast LOCATION '/x'",
                "REASSIGN OWNED BY a TO b",
                "COPY item (id) FROM '/etc/passwd'",
                "COPY (SELECT 1) TO PROGRAM 'sh'",
                "COPY item FROM STDIN",
            })
    void tellsWhatMustNotBeTried(String statement) {
        assertThat(ClusterWide.reaches(statement)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE role (id int)",
                "CREATE USER MAPPING FOR app SERVER other",
                "ALTER TABLE database ADD COLUMN x int",
                "CREATE INDEX CONCURRENTLY a ON b (c)",
            })
    void letsWhatStaysInTheDatabasePass(String statement) {
        assertThat(ClusterWide.reaches(statement)).isFalse();
    }
}
