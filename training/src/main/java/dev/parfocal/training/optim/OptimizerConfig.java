package dev.parfocal.training.optim;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How weights follow their gradients. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface OptimizerConfig {

    /** AdamW at 2e-3. */
    OptimizerConfig DEFAULT = new AdamW(2e-3, 0.9, 0.999, 0.01, ClipConfig.DEFAULT, Map.of());

    /** Each kind as it is when only its name is given. */
    List<OptimizerConfig> KINDS = List.of(DEFAULT, new Sgd(2e-3, 0.9, 0.01, ClipConfig.DEFAULT, Map.of()));

    /** Its name in a configuration. */
    String kind();

    /** The highest learning rate of the schedule. */
    double learningRate();

    /** Bounds of the gradients. */
    ClipConfig clip();

    /** What differs for parts of the model, by what the names of their weights begin with. */
    Map<String, PartConfig> parts();

    /** The rule, with an empty memory. */
    Optimizer optimizer(Weights weights);

    /**
     * The parts that are frozen.
     *
     * @param epoch from 0
     */
    default Set<String> frozen(int epoch) {
        return parts().entrySet().stream()
                .filter(part -> part.getValue().frozen(epoch))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Adam with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101.
     *
     * @param learningRate the highest of the schedule, above 0
     * @param beta1 of the running mean of gradients, in [0, 1)
     * @param beta2 of the running mean of their squares, in [0, 1)
     * @param weightDecay on kernels, at least 0
     */
    record AdamW(
            double learningRate,
            double beta1,
            double beta2,
            double weightDecay,
            ClipConfig clip,
            Map<String, PartConfig> parts)
            implements OptimizerConfig {
        /** Checks the ranges. */
        public AdamW {
            check(learningRate, weightDecay);
            requireShare("beta1", beta1);
            requireShare("beta2", beta2);
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }

        @Override
        public String kind() {
            return "adamw";
        }

        @Override
        public Optimizer optimizer(Weights weights) {
            return new DecoupledAdam(this, weights);
        }
    }

    /**
     * Stochastic gradient descent with Nesterov's momentum.
     *
     * @param learningRate the highest of the schedule, above 0
     * @param momentum in [0, 1)
     * @param weightDecay on kernels, at least 0
     */
    record Sgd(double learningRate, double momentum, double weightDecay, ClipConfig clip, Map<String, PartConfig> parts)
            implements OptimizerConfig {
        /** Checks the ranges. */
        public Sgd {
            check(learningRate, weightDecay);
            requireShare("momentum", momentum);
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }

        @Override
        public String kind() {
            return "sgd";
        }

        @Override
        public Optimizer optimizer(Weights weights) {
            return new NesterovSgd(this, weights);
        }
    }

    private static void check(double learningRate, double weightDecay) {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY) || !(weightDecay >= 0)) {
            throw new ParfocalException("optimizer: learningRate must be above 0 and finite (is " + learningRate
                    + "), weightDecay at least 0 (is " + weightDecay + ")");
        }
    }

    private static void requireShare(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new ParfocalException("optimizer: " + key + " must be in [0, 1), but is " + value);
        }
    }
}
