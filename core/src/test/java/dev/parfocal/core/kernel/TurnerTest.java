package dev.parfocal.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnerTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 64, 65, 200})
    void turnsRowsIntoColumnsAndBack(int bins) {
        int stride = 48;
        int count = 37;
        int first = 3;
        float[] rows = new float[first + bins * count];
        for (int i = first; i < rows.length; i++) {
            rows[i] = i - first;
        }
        float[] columns = new float[bins * stride];
        float[] again = new float[rows.length];
        Turner turner = Turner.of(bins, stride);
        assertThat(turner instanceof Turner.Loops).isEqualTo(bins > Turner.MOST_GENERATED);
        turner.toColumns(rows, first, columns, count);
        turner.toRows(columns, again, first, count);
        assertThat(again).isEqualTo(rows);
        for (int j = 0; j < bins; j++) {
            assertThat(columns[j * stride + 5]).isEqualTo(5 * bins + j);
            assertThat(columns[j * stride + count]).as("beyond the last row").isZero();
        }
    }
}
