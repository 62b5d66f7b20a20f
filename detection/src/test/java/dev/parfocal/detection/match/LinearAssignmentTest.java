package dev.parfocal.detection.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.Recorded;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearAssignmentTest {

    private static double sum(double[][] cost, int[] column) {
        double sum = 0;
        for (int row = 0; row < cost.length; row++) {
            sum += cost[row][column[row]];
        }
        return sum;
    }

    private static double[][] random(Random random, int rows, int columns) {
        double[][] cost = new double[rows][columns];
        for (double[] row : cost) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return cost;
    }

    /** The least sum by trying everything. */
    private static double least(double[][] cost, int row, int taken) {
        if (row == cost.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < cost[row].length; column++) {
            if ((taken >> column & 1) == 0) {
                least = Math.min(least, cost[row][column] + least(cost, row + 1, taken | 1 << column));
            }
        }
        return least;
    }

    @Test
    void theSumIsTheLeastThatScipyFinds() {
        for (Recorded each : Recorded.read("match/matching.json").cases("costs")) {
            double[] flat = each.numbers("cost");
            int columns = each.integer("columns");
            double[][] cost = new double[each.integer("rows")][];
            Arrays.setAll(cost, row -> Arrays.copyOfRange(flat, row * columns, (row + 1) * columns));
            int[] matched = LinearAssignment.columns(cost);
            assertThat(matched).doesNotHaveDuplicates().hasSize(cost.length);
            double sum = each.number("sum");
            assertThat(sum(cost, matched)).isCloseTo(sum, within(1e-9 * (1 + Math.abs(sum))));
        }
    }

    @Test
    void theSumIsTheLeastOfAllMatchings() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int rows = 1 + random.nextInt(5);
            double[][] cost = random(random, rows, rows + random.nextInt(3));
            assertThat(sum(cost, LinearAssignment.columns(cost))).isCloseTo(least(cost, 0, 0), within(1e-12));
        }
    }

    @Test
    void aTermThatAllColumnsShareChangesNothing() {
        Random random = new Random(2);
        for (int round = 0; round < 50; round++) {
            double[][] cost = random(random, 10, 25);
            int[] before = LinearAssignment.columns(cost);
            for (double[] row : cost) {
                double more = random.nextGaussian();
                Arrays.setAll(row, i -> row[i] + more);
            }
            assertThat(LinearAssignment.columns(cost)).isEqualTo(before);
        }
    }

    @Test
    void equalCostsAreMatchedInOrder() {
        assertThat(LinearAssignment.columns(new double[4][7])).containsExactly(0, 1, 2, 3);
    }

    @Test
    void withoutRowsThereIsNothingToMatch() {
        assertThat(LinearAssignment.columns(new double[0][])).isEmpty();
    }
}
