package io.slipway.targets.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolVersionTest {

    @Test
    void readsTheMajorVersion() {
        assertThat(ToolVersion.major("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"))
                .hasValue(15);
        assertThat(ToolVersion.major("pg_dump (PostgreSQL) 9.6.1")).hasValue(9);
        assertThat(ToolVersion.major("pg_dump (PostgreSQL) 18beta1")).hasValue(18);
        assertThat(ToolVersion.major("busybox v1.36")).isEmpty();
    }
}
