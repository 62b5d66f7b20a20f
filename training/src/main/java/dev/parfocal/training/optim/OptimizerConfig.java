package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How weights follow their gradients.
 *
 * @param kind the rule
 * @param learningRate the highest learning rate of the schedule
 * @param momentum of SGD, and the first beta of AdamW
 * @param weightDecay on kernels of convolutions
 * @param clipValue no element of the gradient is larger; 0: no limit
 * @param clipRatio no unit's gradient is longer than this share of its weights (adaptive gradient clipping, about 0.01 to
 *     0.2); 0: no limit
 * @param clipFloor what {@code clipRatio} counts shorter weights as, above 0
 * @param clipNorm gradients whose Euclidean norm is larger, after the other limits, are scaled down to it; 0: no limit
 * @param parts what differs for parts of the model, by what the names of their weights begin with
 */
public record OptimizerConfig(
        Kind kind,
        double learningRate,
        double momentum,
        double weightDecay,
        double clipValue,
        double clipRatio,
        double clipFloor,
        double clipNorm,
        Map<String, PartConfig> parts) {
    /** The rules there are. */
    public enum Kind {
        /** Adam with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101. */
        ADAMW,
        /** Stochastic gradient descent with Nesterov momentum. */
        SGD
    }

    /** AdamW at 2e-3. */
    public static final OptimizerConfig DEFAULT =
            new OptimizerConfig(Kind.ADAMW, 2e-3, 0.9, 0.01, 0, 0, 1e-3, 10, Map.of());

    /**
     * The parts that are frozen.
     *
     * @param epoch from 0
     */
    public Set<String> frozen(int epoch) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().frozen(epoch))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Checks the ranges. */
    public OptimizerConfig {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)
                || !(momentum >= 0 && momentum < 1)
                || !(weightDecay >= 0)) {
            throw new ParfocalException("optimizer: learningRate must be above 0 and finite (is " + learningRate
                    + "), momentum in [0, 1) (is " + momentum + "), weightDecay at least 0 (is " + weightDecay + ")");
        }
        if (!(clipValue >= 0) || !(clipRatio >= 0) || !(clipFloor > 0) || !(clipNorm >= 0)) {
            throw new ParfocalException("optimizer: clipValue, clipRatio and clipNorm must be at least 0 (are "
                    + clipValue + ", " + clipRatio + ", " + clipNorm + "), clipFloor above 0 (is " + clipFloor + ")");
        }
    }
}
