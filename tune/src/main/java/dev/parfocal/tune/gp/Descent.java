package dev.parfocal.tune.gp;

import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * Goes down a smooth function within bounds, without its gradient (Powell: BOBYQA, Cambridge 2009). It needs two dimensions
 * or more.
 */
final class Descent {
    /** A cost beyond all others, yet finite, as quadratic models need it. */
    static final double TERRIBLE = 1e10;

    private static final double LAST_RADIUS = 1e-4;

    private final ToDoubleFunction<double[]> cost;
    private final double[] low;
    private final double[] high;
    private final double radius;
    private final int calls;
    private double[] best = {};
    private double lowest = Double.POSITIVE_INFINITY;

    Descent(ToDoubleFunction<double[]> cost, double[] low, double[] high, double radius, int calls) {
        this.cost = cost;
        this.low = low;
        this.high = high;
        this.radius = radius;
        this.calls = calls;
    }

    /** The lowest place that it came through; at worst the start. */
    double[] from(double[] start) {
        seen(start);
        try {
            new BOBYQAOptimizer(2 * start.length + 1, radius, Math.min(LAST_RADIUS, radius / 10))
                    .optimize(
                            new MaxEval(calls),
                            new ObjectiveFunction(this::seen),
                            GoalType.MINIMIZE,
                            new SimpleBounds(low, high),
                            new InitialGuess(start));
        } catch (MathRuntimeException e) {
            // It ran out of calls or of precision: what was seen stands.
        }
        return best;
    }

    private double seen(double[] place) {
        double value = cost.applyAsDouble(place);
        if (value < lowest) {
            lowest = value;
            best = place.clone();
        }
        return value;
    }
}
