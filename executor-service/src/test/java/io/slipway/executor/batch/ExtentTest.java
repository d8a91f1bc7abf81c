package io.slipway.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.RunId;
import org.junit.jupiter.api.Test;

class ExtentTest {
    @Test
    void goesByTheKeyWhereItIsAWholeNumber() {
        assertThat(new Extent(10, -1).percent(state("-100", "100", "0", 3))).isEqualTo(50);
        assertThat(new Extent(10, -1).percent(state("1", "100", null, 0))).isZero();
        assertThat(new Extent(10, -1).percent(state("1", "1000", "999", 99))).isEqualTo(99);
        assertThat(new Extent(10, -1).percent(state("7", "7", null, 0))).isZero();
    }

    @Test
    void goesByTheNumberOfRowsForOtherKeys() {
        assertThat(new Extent(10, 200).percent(state("a", "z", "m", 4))).isEqualTo(20);
        assertThat(new Extent(10, 200).percent(state("a", "z", "y", 40))).isEqualTo(99);
        assertThat(new Extent(10, -1).percent(state("a", "z", "m", 4))).isNull();
    }

    @Test
    void isAllAtTheEndAndOfAnEmptyTable() {
        assertThat(new Extent(10, -1).percent(state("a", "z", "z", 4))).isEqualTo(100);
        assertThat(new Extent(10, -1).percent(state(null, null, null, 0))).isEqualTo(100);
    }

    private static BatchState state(String first, String upper, String last, int batches) {
        return new BatchState(RunId.random(), "V1__a.sql", "x", 0, first, upper, last, batches, 0);
    }
}
