package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PriorsTest {

    @Test
    void cellsAreSquaresRowByRow() {
        Priors cells = Priors.cells(20, 9, 8, 16);
        assertThat(cells.levelStart()).containsExactly(0, 6, 8);
        assertThat(IntStream.range(0, 8).mapToObj(cells::x)).containsExactly(4f, 12f, 20f, 4f, 12f, 20f, 8f, 24f);
        assertThat(IntStream.range(0, 8).mapToObj(cells::y)).containsExactly(4f, 4f, 4f, 12f, 12f, 12f, 8f, 8f);
        assertThat(cells.stride()).containsExactly(8, 8, 8, 8, 8, 8, 16, 16);
        for (int i = 0; i < cells.size(); i++) {
            assertThat(cells.width(i)).isEqualTo(cells.stride()[i]).isEqualTo(cells.height(i));
        }
        assertThat(IntStream.range(0, 8).map(cells::level)).containsExactly(0, 0, 0, 0, 0, 0, 1, 1);
        assertThat(cells.levels()).isEqualTo(2);
    }

    @Test
    void centresOfCellsAreExactForOddStridesToo() {
        Priors cells = Priors.ofMaps(new int[] {2000}, new int[] {1}, new int[] {7});
        for (int i = 0; i < cells.size(); i++) {
            assertThat((double) cells.x(i)).isEqualTo((i + 0.5) * 7);
        }
    }

    @Test
    void boxesBelongToNoMap() {
        Priors boxes = Priors.boxes(new float[] {1, 2, 5, 12, 0, 0, 3, 3});
        assertThat(boxes.levelStart()).containsExactly(0, 2);
        assertThat(boxes.stride()).containsExactly(1, 1);
        assertThat(new float[] {boxes.x(0), boxes.y(0), boxes.width(0), boxes.height(0)})
                .containsExactly(3, 7, 4, 10);
    }

    @Test
    void inconsistentArraysAreRefused() {
        float[] boxes = new float[8];
        float[] two = new float[2];
        assertThatThrownBy(() -> new Priors(boxes, new float[1], new int[] {0, 2}))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new Priors(boxes, two, new int[] {0, 1})).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new Priors(boxes, two, new int[] {0, 3, 2})).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Priors.boxes(new float[5])).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Priors.cells(0, 9, 8)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Priors.cells(9, 9, 0)).isInstanceOf(ParfocalException.class);
    }
}
