package dev.parfocal.tune.sampler;

import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A Parzen estimator of where points are, all variables jointly: an even mixture of one kernel per point and one that is
 * everywhere. A kernel is a product over the variables.
 *
 * <p>Widths follow Watanabe: Tree-Structured Parzen Estimator, arXiv 2304.11127 (2023), section 3.3 and appendix: those of
 * n points in d dimensions shrink as n^(-1/(d + 4)), and never below a floor, so that the search does not dig in. The
 * widest, though, was chosen here, on three functions (docs/tuning.md).
 */
final class Parzen {
    /** Share of a range that is the width for a single point. */
    private static final double WIDEST = 0.08;

    /** The narrowest, a share of the range. */
    private static final double FLOOR = 0.01;

    private final List<Variable> variables;
    private final List<List<Kernel>> mixture = new ArrayList<>();

    /** An estimator from points at which all of the variables count. */
    Parzen(List<Variable> variables, List<Point> points) {
        this.variables = variables;
        mixture.add(
                variables.stream().map(each -> Kernel.everywhere(each.domain())).toList());
        double width = WIDEST * Math.pow(Math.max(1, points.size()), -1.0 / (variables.size() + 4));
        for (Point point : points) {
            mixture.add(variables.stream()
                    .map(each ->
                            Kernel.around(each.domain(), point.value(each.name()), width(each, width, points.size())))
                    .toList());
        }
    }

    private static double width(Variable variable, double width, int points) {
        if (variable.domain() instanceof Choice choice) {
            return choice.options().size() / (choice.options().size() + (double) points);
        }
        return Math.max(FLOOR, width);
    }

    Map<String, Double> draw(RandomGenerator random) {
        List<Kernel> kernels = mixture.get(random.nextInt(mixture.size()));
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            values.put(variables.get(i).name(), kernels.get(i).draw(random));
        }
        return values;
    }

    /** The logarithm of the density at some values. */
    double logDensity(Map<String, Double> values) {
        double[] logs = new double[mixture.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            List<Kernel> kernels = mixture.get(k);
            for (int i = 0; i < kernels.size(); i++) {
                logs[k] += kernels.get(i)
                        .logDensity(values.getOrDefault(variables.get(i).name(), Double.NaN));
            }
            largest = Math.max(largest, logs[k]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum / logs.length);
    }
}
