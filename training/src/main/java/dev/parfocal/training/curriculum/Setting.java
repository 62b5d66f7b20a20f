package dev.parfocal.training.curriculum;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.schedule.Schedule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a curriculum can change beside the parameters and weights of losses, with the values that make sense. */
enum Setting {
    /** Points per object; for ATSS candidates per level. Rounded to whole numbers. */
    TOP_K("assigner.topK", 1, 1000),
    /** Exponent of the score; task-aligned only. */
    ALPHA("assigner.alpha", 0, 20),
    /** Exponent of the IoU; task-aligned only. */
    BETA("assigner.beta", 0, 20),
    /** Positive points need at least this IoU. */
    MIN_IOU("assigner.minIou", 0, 1),
    /** Objects whose box has a smaller square root of its area, in pixels of the model's input, count for nothing. */
    MIN_SIZE("objects.minSize", 0, 1e5),
    /** Objects count with the square root of their area to this power, relative to their batch's mean. */
    SIZE_EXPONENT("objects.sizeExponent", -4, 4),
    /** Objects with a higher loss count for nothing. */
    MAX_LOSS("objects.maxLoss", 0, 1e9),
    /** Only this share of a batch's objects counts, those with the lowest loss. */
    EASIEST("objects.easiest", 0, 1),
    /** Share of the successor of the classification loss: from 0 to 1 the one hands over to the other. */
    SUCCESSOR("successor", 0, 1),
    /** How much more often images with rare classes are seen: 0 as often as others, 1 as {@code sampling.below} says. */
    RARE("sampling.rare", 0, 1);

    static final Set<Setting> ASSIGNER = EnumSet.of(TOP_K, ALPHA, BETA, MIN_IOU);

    final String target;
    private final double min;
    private final double max;

    Setting(String target, double min, double max) {
        this.target = target;
        this.min = min;
        this.max = max;
    }

    static Optional<Setting> of(String target) {
        return Arrays.stream(values())
                .filter(each -> each.target.equals(target))
                .findFirst();
    }

    static List<String> targets() {
        return Arrays.stream(values()).map(each -> each.target).toList();
    }

    /** Refuses a schedule that leaves the range. */
    void check(Schedule schedule) {
        check(target, schedule, min, max);
    }

    static void check(String target, Schedule schedule, double min, double max) {
        for (double value : new double[] {schedule.lowest(), schedule.highest()}) {
            if (!(value >= min && value <= max)) {
                String range = Double.isInfinite(max)
                        ? "at least " + Numbers.shown(min)
                        : "in [" + Numbers.shown(min) + ", " + Numbers.shown(max) + "]";
                throw new ParfocalException("curriculum: the schedule '" + schedule + "' takes " + target + " to "
                        + Numbers.shown(value) + ", but it must be " + range);
            }
        }
    }
}
