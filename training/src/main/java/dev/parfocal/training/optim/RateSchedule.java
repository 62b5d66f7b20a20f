package dev.parfocal.training.optim;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
 * as if it had never stopped. Every kind warms up: in the share {@code warmup} of the steps, in [0, 1), the rate rises from its
 * share {@code start}, in [0, 1], in a straight line (one-cycle: along a half cosine). Where there is an {@code end}, it is
 * the share that the last step has, in [0, 1].
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface RateSchedule {

    /** One cycle: 15 % of the steps up, the rest down. */
    RateSchedule DEFAULT = new OneCycleRate(0.15, 0.04, 0.001);

    /** Each kind as it is when only its name is given. */
    List<RateSchedule> KINDS = List.of(
            new ConstantRate(0.15, 0.04),
            new StepRate(0.15, 0.04, List.of(0.6, 0.85), 0.1),
            new LinearRate(0.15, 0.04, 0.001),
            new PolynomialRate(0.15, 0.04, 0.001, 1),
            new CosineRate(0.15, 0.04, 0.001),
            DEFAULT);

    /** Its name in a configuration. */
    String kind();

    /** The share of the highest rate over the run. */
    Schedule share();

    /** The highest rate to the end. */
    record ConstantRate(double warmup, double start) implements RateSchedule {
        /** Checks the ranges. */
        public ConstantRate {
            check(warmup, start, 1);
        }

        @Override
        public String kind() {
            return "constant";
        }

        @Override
        public Schedule share() {
            return new Constant(1).warmup(warmup, start);
        }
    }

    /**
     * The highest rate, lowered in steps.
     *
     * @param milestones shares of the steps after the warm-up at which it drops, ascending
     * @param factor what each drop multiplies it by, in (0, 1]
     */
    record StepRate(double warmup, double start, List<Double> milestones, double factor) implements RateSchedule {
        /** Checks the ranges. */
        public StepRate {
            check(warmup, start, 1);
            if (!(factor > 0 && factor <= 1)) {
                throw new ParfocalException("schedule: factor must be in (0, 1], but is " + factor);
            }
            milestones = List.copyOf(milestones);
            try {
                drops(milestones, factor);
            } catch (ParfocalException e) {
                throw new ParfocalException("schedule: milestones: " + e.getMessage());
            }
        }

        @Override
        public String kind() {
            return "step";
        }

        @Override
        public Schedule share() {
            return drops(milestones, factor).warmup(warmup, start);
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

    /** A straight line down. */
    record LinearRate(double warmup, double start, double end) implements RateSchedule {
        /** Checks the ranges. */
        public LinearRate {
            check(warmup, start, end);
        }

        @Override
        public String kind() {
            return "linear";
        }

        @Override
        public Schedule share() {
            return new Linear(1, end).warmup(warmup, start);
        }
    }

    /**
     * (1 - t)^power down; Liu et al., arXiv 1506.04579.
     *
     * @param power above 0
     */
    record PolynomialRate(double warmup, double start, double end, double power) implements RateSchedule {
        /** Checks the ranges. */
        public PolynomialRate {
            check(warmup, start, end);
            if (!(power > 0) || power == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("schedule: power must be above 0 and finite, but is " + power);
            }
        }

        @Override
        public String kind() {
            return "polynomial";
        }

        @Override
        public Schedule share() {
            return new Polynomial(1, end, power).warmup(warmup, start);
        }
    }

    /** Half a cosine down; Loshchilov and Hutter, arXiv 1608.03983. */
    record CosineRate(double warmup, double start, double end) implements RateSchedule {
        /** Checks the ranges. */
        public CosineRate {
            check(warmup, start, end);
        }

        @Override
        public String kind() {
            return "cosine";
        }

        @Override
        public Schedule share() {
            return new Cosine(1, end).warmup(warmup, start);
        }
    }

    /** Half a cosine up, half a cosine down; Smith and Topin, arXiv 1708.07120. */
    record OneCycleRate(double warmup, double start, double end) implements RateSchedule {
        /** Checks the ranges. */
        public OneCycleRate {
            check(warmup, start, end);
        }

        @Override
        public String kind() {
            return "one_cycle";
        }

        @Override
        public Schedule share() {
            return new OneCycle(start, 1, warmup, end);
        }
    }

    private static void check(double warmup, double start, double end) {
        if (!(start >= 0 && start <= 1) || !(end >= 0 && end <= 1)) {
            throw new ParfocalException(
                    "schedule: start and end must be in [0, 1], but they are " + start + " and " + end);
        }
        try {
            new Constant(1).warmup(warmup, start);
        } catch (ParfocalException e) {
            throw new ParfocalException("schedule: " + e.getMessage());
        }
    }
}
