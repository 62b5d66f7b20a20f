package dev.parfocal.core.accuracy;

import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The errors of the float32 kernel of a pointwise loss, by the stable program in double, which {@link DoubleAccuracyTest}
 * holds against the textbook in many digits.
 */
final class FloatErrors {

    /** The worst error, in units in the last place, and where it is. */
    record Worst(double ulps, float logit, double got, double exact, double size) {
        double relative() {
            return ulps * Math.ulp((float) size) / size;
        }

        Worst or(Worst other) {
            return other.ulps > ulps || Double.isNaN(other.ulps) ? other : this;
        }
    }

    /** The worst errors of value and gradient; only results that are normal floats count. */
    record Report(Worst value, Worst gradient) {}

    private static final Worst NONE = new Worst(0, 0, 0, 0, 1);

    private final LossFunction function;
    private final Doubles doubles;
    private final LargerTerm value;
    private final LargerTerm gradient;

    FloatErrors(Loss loss, Backend backend) {
        function = LossFunction.of(loss, backend, 1);
        var program = loss.program();
        doubles = new Doubles(program);
        value = new LargerTerm(program, program.value());
        gradient = new LargerTerm(program, program.gradients().get(0));
    }

    /** Errors at every logit for one target. */
    Report at(float[] logits, float target) {
        int n = logits.length;
        float[] targets = new float[n];
        Arrays.fill(targets, target);
        float[] values = new float[n];
        float[] gradients = new float[n];
        Batch batch = new Batch.Dense(Floats.of(logits), n, 1, List.of(Floats.of(targets)));
        Options options = Options.of(Normalizer.none()).withValues(Floats.of(values));
        function.evaluate(batch, options, Floats.of(gradients));
        boolean soft = target != 0 && target != 1;
        Worst worstValue = NONE;
        Worst worstGradient = NONE;
        for (int i = 0; i < n; i++) {
            doubles.run(logits[i], Map.of("target", (double) target));
            double exactValue = doubles.value();
            double exactGradient = doubles.gradient();
            worstValue = worstValue.or(judged(logits[i], values[i], exactValue, soft ? value.of(doubles) : 0));
            worstGradient =
                    worstGradient.or(judged(logits[i], gradients[i], exactGradient, soft ? gradient.of(doubles) : 0));
        }
        return new Report(worstValue, worstGradient);
    }

    private static Worst judged(float logit, float got, double exact, double term) {
        double size = Math.max(Math.abs(exact), term);
        if (!(size >= Float.MIN_NORMAL) || size > Float.MAX_VALUE) {
            return NONE;
        }
        return new Worst(Math.abs(got - exact) / Math.ulp((float) size), logit, got, exact, size);
    }
}
