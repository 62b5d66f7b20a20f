package dev.parfocal.core.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static double[] losses(Random random, int count) {
        return random.doubles(count, 0, 5).toArray();
    }

    /** The minimum over v in {0, 1} of v · loss - v · threshold, tried out: what the paper's alternation solves for v. */
    @Test
    void byLossMinimisesThePapersObjective() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            double[] losses = losses(random, 6);
            double threshold = random.nextDouble() * 5;
            double best = Double.POSITIVE_INFINITY;
            for (int choice = 0; choice < 1 << losses.length; choice++) {
                best = Math.min(best, objective(losses, threshold, choice));
            }
            double[] weights = Pace.byLoss(losses, threshold);
            int chosen = 0;
            for (int i = 0; i < weights.length; i++) {
                chosen |= weights[i] == 1 ? 1 << i : 0;
            }
            assertThat(objective(losses, threshold, chosen)).isEqualTo(best);
        }
    }

    private static double objective(double[] losses, double threshold, int choice) {
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += (choice >> i & 1) * (losses[i] - threshold);
        }
        return sum;
    }

    @Test
    void aGrowingThresholdLetsMoreObjectsInAndTakesNoneOut() {
        double[] losses = losses(new Random(2), 50);
        double[] before = new double[50];
        for (double threshold = 0; threshold <= 5.5; threshold += 0.25) {
            double[] now = Pace.byLoss(losses, threshold);
            for (int i = 0; i < now.length; i++) {
                assertThat(now[i]).isGreaterThanOrEqualTo(before[i]);
            }
            before = now;
        }
        assertThat(before).containsOnly(1);
    }

    @Test
    void theEasiestShareIsAThresholdAtItsQuantile() {
        double[] losses = losses(new Random(3), 20);
        assertThat(Arrays.stream(Pace.easiest(losses, 0.42)).sum()).isEqualTo(9);
        assertThat(Pace.easiest(losses, 1)).containsOnly(1);
        assertThat(Pace.easiest(losses, 0)).containsOnly(0);
        assertThat(Pace.easiest(new double[0], 0.5)).isEmpty();
        double[] half = Pace.easiest(losses, 0.5);
        double hardestIn = 0;
        double easiestOut = 5;
        for (int i = 0; i < losses.length; i++) {
            hardestIn = half[i] == 1 ? Math.max(hardestIn, losses[i]) : hardestIn;
            easiestOut = half[i] == 0 ? Math.min(easiestOut, losses[i]) : easiestOut;
        }
        assertThat(hardestIn).isLessThan(easiestOut);
    }

    @Test
    void sizesDecideAtOnceOrGradually() {
        double[] sizes = {8, 16, 32, 64};
        assertThat(Pace.bySize(sizes, 16)).containsExactly(0, 1, 1, 1);
        assertThat(Pace.bySize(sizes, 0)).containsOnly(1);
        assertThat(Pace.bySizeGradually(sizes, 0)).containsOnly(1);
        double[] gradual = Pace.bySizeGradually(sizes, 1.5);
        assertThat(Arrays.stream(gradual).average().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(gradual[3] / gradual[0]).isCloseTo(Math.pow(8, 1.5), within(1e-9));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Pace.byLoss(new double[] {1, Double.NaN}, 1)).hasMessageContaining("loss of object 1");
        assertThatThrownBy(() -> Pace.bySize(new double[] {Double.NaN}, 1)).hasMessageContaining("size of object 0");
        assertThatThrownBy(() -> Pace.easiest(new double[] {1}, 1.5)).hasMessageContaining("[0, 1]");
    }
}
