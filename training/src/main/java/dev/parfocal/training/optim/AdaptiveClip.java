package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adaptive gradient clipping: no unit's gradient is longer than a share of the unit's weights. Brock et al., arXiv
 * 2102.06171, section 4: with W the weights of an output channel (all of a vector's) and G their gradient,
 *
 * <pre>
 *     G ← ratio · max(‖W‖, floor) / ‖G‖ · G    where ‖G‖ is larger than ratio · max(‖W‖, floor)
 * </pre>
 *
 * <p>As in the paper, the layers that make a model's outputs are left alone: those with a bias.
 */
final class AdaptiveClip {
    private static final String KERNEL = ".weight";
    private static final String BIAS = ".bias";

    private final double ratio;
    private final double floor;
    private final List<Weight> clipped = new ArrayList<>();

    AdaptiveClip(Weights weights, double ratio, double floor) {
        this.ratio = ratio;
        this.floor = floor;
        Set<String> names = weights.all().stream().map(Weight::name).collect(Collectors.toSet());
        for (Weight weight : weights.all()) {
            boolean output = weight.name().endsWith(BIAS)
                    || weight.name().endsWith(KERNEL)
                            && names.contains(weight.name().replace(KERNEL, BIAS));
            if (weight.role() != Weight.Role.STATISTIC && !output) {
                clipped.add(weight);
            }
        }
    }

    void clip(Weights weights) {
        FloatBuffer values = weights.trained().floats();
        FloatBuffer gradients = weights.gradients().floats();
        for (Weight weight : clipped) {
            int length = Math.toIntExact(weight.elements() / weight.units());
            for (int unit = 0; unit < weight.units(); unit++) {
                clip(values, gradients, Math.toIntExact(weight.offset()) + unit * length, length);
            }
        }
    }

    private void clip(FloatBuffer values, FloatBuffer gradients, int offset, int length) {
        double limit = ratio * Math.max(norm(values, offset, length), floor);
        double norm = norm(gradients, offset, length);
        if (norm > limit) {
            for (int i = offset; i < offset + length; i++) {
                gradients.put(i, (float) (gradients.get(i) * (limit / norm)));
            }
        }
    }

    private static double norm(FloatBuffer numbers, int offset, int length) {
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (double) numbers.get(i) * numbers.get(i);
        }
        return Math.sqrt(sum);
    }
}
