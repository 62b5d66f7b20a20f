package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import org.junit.jupiter.api.Test;

class AnchorPointsTest {

    @Test
    void pointsAreTheCentresOfCellsRowByRow() {
        AnchorPoints points = AnchorPoints.of(20, 9, 8, 16);
        assertThat(points.levelStart()).containsExactly(0, 6, 8);
        assertThat(points.x()).containsExactly(4, 12, 20, 4, 12, 20, 8, 24);
        assertThat(points.y()).containsExactly(4, 4, 4, 12, 12, 12, 8, 8);
        assertThat(points.stride()).containsExactly(8, 8, 8, 8, 8, 8, 16, 16);
        assertThat(points.levels()).isEqualTo(2);
    }

    @Test
    void inconsistentArraysAreRefused() {
        float[] two = new float[2];
        assertThatThrownBy(() -> new AnchorPoints(two, two, new float[1], new int[] {0, 2}))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new AnchorPoints(two, two, two, new int[] {0, 1}))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new AnchorPoints(two, two, two, new int[] {0, 3, 2}))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> AnchorPoints.of(0, 9, 8)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> AnchorPoints.of(9, 9, 0)).isInstanceOf(ParfocalException.class);
    }
}
