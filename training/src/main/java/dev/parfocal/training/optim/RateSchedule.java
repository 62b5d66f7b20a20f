package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.schedule.Constant;
import dev.parfocal.core.schedule.Cosine;
import dev.parfocal.core.schedule.Knot;
import dev.parfocal.core.schedule.Linear;
import dev.parfocal.core.schedule.OneCycle;
import dev.parfocal.core.schedule.Polynomial;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.core.schedule.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * The learning rate over a run, as a share of its highest value. It depends on the step alone, so a resumed run goes on
 * as if it had never stopped.
 *
 * @param kind the curve after the warm-up
 * @param warmup share of the steps, in [0, 1), in which the rate rises: from {@code start}, in a straight line (one-cycle:
 *     along a half cosine)
 * @param start share of the highest rate that the warm-up starts from
 * @param end share of the highest rate that the last step has; constant and step ignore it
 * @param power of the polynomial, above 0; the others ignore it
 * @param milestones shares of the steps after the warm-up at which a step schedule drops, ascending; the others ignore it
 * @param factor what each drop multiplies the rate by, in (0, 1]
 */
public record RateSchedule(
        Kind kind, double warmup, double start, double end, double power, List<Double> milestones, double factor) {
    /** The curves there are. */
    public enum Kind {
        /** The highest rate to the end. */
        CONSTANT,
        /** The highest rate, multiplied by {@code factor} at each of the {@code milestones}. */
        STEP,
        /** A straight line down. */
        LINEAR,
        /** (1 - t)^power down; Liu et al., arXiv 1506.04579. */
        POLYNOMIAL,
        /** Half a cosine down; Loshchilov and Hutter, arXiv 1608.03983. */
        COSINE,
        /** Half a cosine up, half a cosine down; Smith and Topin, arXiv 1708.07120. */
        ONE_CYCLE
    }

    /** One cycle: 15 % of the steps up, the rest down. */
    public static final RateSchedule DEFAULT = of(Kind.ONE_CYCLE, 0.15, 0.04, 0.001);

    /** Checks the ranges. */
    public RateSchedule {
        if (!(start >= 0 && start <= 1) || !(end >= 0 && end <= 1) || !(factor > 0 && factor <= 1)) {
            throw new ParfocalException("schedule: start and end must be in [0, 1] (are " + start + ", " + end
                    + "), factor in (0, 1] (is " + factor + ")");
        }
        milestones = List.copyOf(milestones);
        try {
            curve(kind, warmup, start, end, power, milestones, factor);
        } catch (ParfocalException e) {
            throw new ParfocalException("schedule: " + e.getMessage());
        }
    }

    /** A schedule with power 1 and drops to a tenth at 60 % and 85 %, where these matter. */
    public static RateSchedule of(Kind kind, double warmup, double start, double end) {
        return new RateSchedule(kind, warmup, start, end, 1, List.of(0.6, 0.85), 0.1);
    }

    /** The share of the highest rate over the run. */
    public Schedule share() {
        return curve(kind, warmup, start, end, power, milestones, factor);
    }

    private static Schedule curve(
            Kind kind, double warmup, double start, double end, double power, List<Double> milestones, double factor) {
        return switch (kind) {
            case CONSTANT -> new Constant(1).warmup(warmup, start);
            case STEP -> drops(milestones, factor).warmup(warmup, start);
            case LINEAR -> new Linear(1, end).warmup(warmup, start);
            case POLYNOMIAL -> new Polynomial(1, end, power).warmup(warmup, start);
            case COSINE -> new Cosine(1, end).warmup(warmup, start);
            case ONE_CYCLE -> new OneCycle(start, 1, warmup, end);
        };
    }

    private static Steps drops(List<Double> milestones, double factor) {
        List<Knot> knots = new ArrayList<>();
        double value = 1;
        for (double milestone : milestones) {
            value *= factor;
            knots.add(new Knot(value, milestone));
        }
        return new Steps(1, knots);
    }
}
