package dev.parfocal.detection.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageOrderTest {

    private static long count(int[] order, int image) {
        return Arrays.stream(order).filter(each -> each == image).count();
    }

    @Test
    void equalWeightsGiveEveryImageOnce() {
        double[] equal = new double[1000];
        Arrays.fill(equal, 0.3);
        for (int seed = 0; seed < 50; seed++) {
            int[] order = ImageOrder.draw(equal, 1000, seed);
            assertThat(Arrays.stream(order).sorted())
                    .containsExactly(IntStream.range(0, 1000).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void anImageComesAsOftenAsItsWeightSaysRoundedUpOrDown() {
        double[] weights = {1, 1, 2.5, 0, 0.5};
        long[] sum = new long[weights.length];
        for (int seed = 0; seed < 2000; seed++) {
            int[] order = ImageOrder.draw(weights, 5, seed);
            for (int image = 0; image < weights.length; image++) {
                long times = count(order, image);
                assertThat(times).isBetween((long) Math.floor(weights[image]), (long) Math.ceil(weights[image]));
                sum[image] += times;
            }
        }
        for (int image = 0; image < weights.length; image++) {
            assertThat(sum[image] / 2000.0).isCloseTo(weights[image], within(0.05));
        }
    }

    @Test
    void theSeedDecides() {
        double[] weights = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(ImageOrder.draw(weights, 36, 1)).isEqualTo(ImageOrder.draw(weights, 36, 1));
        assertThat(ImageOrder.draw(weights, 36, 1)).isNotEqualTo(ImageOrder.draw(weights, 36, 2));
    }

    @Test
    void impossibleWeightsAreRefused() {
        assertThatThrownBy(() -> ImageOrder.draw(new double[] {1, -1}, 2, 1)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> ImageOrder.draw(new double[] {0, 0}, 2, 1)).hasMessageContaining("weight 0");
    }
}
