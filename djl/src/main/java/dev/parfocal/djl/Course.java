package dev.parfocal.djl;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.curriculum.ParameterSchedules;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a loss that follow schedules.
 *
 * @param counter says where the training is; null: there are none
 */
record Course(ParameterSchedules schedules, @Nullable StepCounter counter) {

    static Course none(Loss loss) {
        return new Course(ParameterSchedules.of(loss), null);
    }

    Course with(String parameter, Schedule schedule, StepCounter other) {
        StepCounter known = counter;
        if (known != null && !known.equals(other)) {
            throw new ParfocalException("the schedules of a loss need one counter of steps: pass the same to each");
        }
        return new Course(schedules.with(parameter, schedule), other);
    }

    Options apply(Options options) {
        StepCounter known = counter;
        return known == null ? options : schedules.apply(options, known.step(), known.steps());
    }
}
