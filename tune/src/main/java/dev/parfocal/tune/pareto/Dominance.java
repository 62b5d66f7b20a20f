package dev.parfocal.tune.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Order among vectors of costs: fronts, and within a front the less crowded first. */
final class Dominance {

    private Dominance() {}

    /** Whether one is nowhere worse and somewhere better. */
    static boolean dominates(double[] one, double[] other) {
        boolean better = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] > other[i]) {
                return false;
            }
            better |= one[i] < other[i];
        }
        return better;
    }

    /** Which of the vectors no other dominates, ascending. */
    static List<Integer> front(List<double[]> costs, List<Integer> among) {
        return among.stream()
                .filter(i -> among.stream().noneMatch(j -> dominates(costs.get(j), costs.get(i))))
                .toList();
    }

    /** All vectors, best first: front by front (Deb et al. 2002, NSGA-II), the less crowded first in each. */
    static List<Integer> order(List<double[]> costs) {
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, costs.size()).boxed().toList());
        List<Integer> order = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Integer> front = front(costs, left);
            double[] room = room(costs, front);
            IntStream.range(0, front.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -room[i]))
                    .forEach(i -> order.add(front.get(i)));
            left.removeAll(front);
        }
        return order;
    }

    /** The distance of each to its neighbours in its front, summed over metrics; the ends have infinite room. */
    private static double[] room(List<double[]> costs, List<Integer> front) {
        double[] room = new double[front.size()];
        for (int metric = 0; metric < costs.get(front.get(0)).length; metric++) {
            int m = metric;
            double[] value = front.stream().mapToDouble(i -> costs.get(i)[m]).toArray();
            Integer[] sorted = IntStream.range(0, value.length).boxed().toArray(Integer[]::new);
            Arrays.sort(sorted, Comparator.comparingDouble(i -> value[i]));
            int last = sorted.length - 1;
            double length = value[sorted[last]] - value[sorted[0]];
            room[sorted[0]] = Double.POSITIVE_INFINITY;
            room[sorted[last]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < last && length > 0; i++) {
                room[sorted[i]] += (value[sorted[i + 1]] - value[sorted[i - 1]]) / length;
            }
        }
        return room;
    }
}
