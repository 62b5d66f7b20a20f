package dev.parfocal.training.curriculum;

import dev.parfocal.core.curriculum.Pace;
import dev.parfocal.training.criterion.LearntObject;
import dev.parfocal.training.criterion.ObjectWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Weights of objects at one step: the product of what each setting says.
 *
 * @param values of the settings that apply to objects
 */
record PacedObjects(Map<Setting, Double> values) implements ObjectWeights {

    /** One rule: which figure of an object it looks at, and how it turns these into weights. */
    private record Rule(ToDoubleFunction<LearntObject> figure, Weighting weighting) {
        void apply(List<LearntObject> objects, double value, double[] weights) {
            double[] figures = objects.stream().mapToDouble(figure).toArray();
            double[] factors = weighting.of(figures, value);
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= factors[i];
            }
        }
    }

    private interface Weighting {
        double[] of(double[] figures, double value);
    }

    private static final Map<Setting, Rule> RULES = Map.of(
            Setting.MIN_SIZE, new Rule(PacedObjects::size, Pace::bySize),
            Setting.SIZE_EXPONENT, new Rule(PacedObjects::size, Pace::bySizeGradually),
            Setting.MAX_LOSS, new Rule(LearntObject::loss, Pace::byLoss),
            Setting.EASIEST, new Rule(LearntObject::loss, Pace::easiest));

    static boolean isOf(Setting setting) {
        return RULES.containsKey(setting);
    }

    private static double size(LearntObject object) {
        return Math.sqrt(object.annotation().box().area());
    }

    @Override
    public boolean needsLosses() {
        return values.containsKey(Setting.MAX_LOSS) || values.containsKey(Setting.EASIEST);
    }

    @Override
    public double[] of(List<LearntObject> objects) {
        double[] weights = new double[objects.size()];
        Arrays.fill(weights, 1);
        RULES.forEach((setting, rule) -> {
            Double value = values.get(setting);
            if (value != null) {
                rule.apply(objects, value, weights);
            }
        });
        return weights;
    }
}
