package dev.parfocal.training.criterion;

import dev.parfocal.core.balance.Gram;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Shared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The gradients of several losses at the features that all outputs share.
 *
 * @param levels {@code [losses][levels]}, each of its level's shape
 */
record SharedGradients(List<List<Tensor>> levels) {

    /**
     * Sends each loss's gradient back through the head; no weight receives any.
     *
     * @param units for each loss the names of its components
     * @param contributions of one component each
     */
    static SharedGradients of(Shared shared, Collection<List<String>> units, List<Contribution> contributions) {
        List<List<Tensor>> levels = new ArrayList<>();
        for (List<String> components : units) {
            List<Contribution> own = contributions.stream()
                    .filter(c -> components.containsAll(c.values().keySet()))
                    .toList();
            levels.add(gradients(own, shared.features()));
        }
        return new SharedGradients(levels);
    }

    /**
     * 0 where losses do not depend on features: on a level at which no region is read, or at an output that the batch does not
     * have.
     */
    private static List<Tensor> gradients(List<Contribution> own, List<Tensor> features) {
        if (own.isEmpty()) {
            return features.stream().map(level -> Tensor.zeros(level.shape())).toList();
        }
        List<Optional<Tensor>> found = Tensor.gradients(
                own.stream().map(Contribution::output).toList(),
                own.stream().map(Contribution::gradient).toList(),
                features);
        List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            long[] shape = features.get(i).shape();
            gradients.add(found.get(i).orElseGet(() -> Tensor.zeros(shape)));
        }
        return gradients;
    }

    /** Their inner products. */
    Gram gram() {
        int n = levels.size();
        double[][] products = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int level = 0; level < levels.get(i).size(); level++) {
                    sum += levels.get(i).get(level).dot(levels.get(j).get(level));
                }
                products[i][j] = sum;
                products[j][i] = sum;
            }
        }
        return new Gram(products);
    }

    /** Their sum times factors, per level. */
    List<Tensor> sum(double[] factors) {
        List<Tensor> sums = new ArrayList<>();
        for (int level = 0; level < levels.get(0).size(); level++) {
            Tensor sum = Tensor.zeros(levels.get(0).get(level).shape());
            for (int i = 0; i < factors.length; i++) {
                sum.add(levels.get(i).get(level), factors[i]);
            }
            sums.add(sum);
        }
        return sums;
    }
}
