package io.slipway.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.backup.dump.DumpOutcome.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpFailurePolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FATAL:  password authentication failed for user "app"                           | TARGET_AUTHENTICATION_FAILED | true
            fe_sendauth: no password supplied                                               | TARGET_AUTHENTICATION_FAILED | true
            FATAL:  database "shop" does not exist                                          | TARGET_DATABASE_UNKNOWN | true
            error: aborting because of server version mismatch                              | PG_DUMP_TOO_OLD | true
            error: query failed: ERROR:  permission denied for table secrets                | PERMISSION_DENIED | true
            error: could not write to output file: No space left on device                  | DISK_FULL | false
            error: query failed: ERROR:  canceling statement due to lock timeout            | LOCK_TIMEOUT | false
            connection to server at "db" (10.0.0.7), port 5432 failed: Connection refused   | TARGET_UNREACHABLE | false
            connection to server was lost                                                   | TARGET_UNREACHABLE | false
            error: something that nobody has seen before                                    | DUMP_FAILED | false
            """)
    void tellsFailuresApart(String stderr, String code, boolean lasting) {
        // When
        Refused refused = DumpFailurePolicy.decide(1, stderr, stderr);

        // Then
        assertThat(refused.failure().code()).isEqualTo(code);
        assertThat(refused.lasting()).isEqualTo(lasting);
        assertThat(refused.failure().remedy()).isNotBlank();
    }
}
