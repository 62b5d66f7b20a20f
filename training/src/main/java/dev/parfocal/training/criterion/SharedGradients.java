package dev.parfocal.training.criterion;

import dev.parfocal.core.balance.Gram;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Shared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
            levels.add(own.isEmpty() ? none(shared.features()) : at(shared.features(), own));
        }
        return new SharedGradients(levels);
    }

    private static List<Tensor> at(List<Tensor> features, List<Contribution> contributions) {
        return Tensor.gradients(
                contributions.stream().map(Contribution::output).toList(),
                contributions.stream().map(Contribution::gradient).toList(),
                features);
    }

    /** Of losses on outputs that the batch does not have. */
    private static List<Tensor> none(List<Tensor> features) {
        return features.stream().map(level -> Tensor.zeros(level.shape())).toList();
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
