package dev.parfocal.core.curriculum;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters of a loss that change over the steps of a run: focal's gamma from 0 to 2, say. Their values are arguments of
 * the loss's kernels, so no step compiles anything.
 *
 * <pre>{@code
 * ParameterSchedules schedules = ParameterSchedules.of(loss).with("gamma", Schedule.parse("linear 0 to 2"));
 * function.evaluate(batch, schedules.apply(options, step, steps), gradient);
 * }</pre>
 *
 * @param loss whose parameters they are
 * @param schedules by parameter
 */
public record ParameterSchedules(Loss loss, Map<String, Schedule> schedules) {

    /** Checks every value that the schedules ever take. */
    public ParameterSchedules {
        schedules = new LinkedHashMap<>(schedules);
        schedules.forEach((name, schedule) -> check(loss, name, schedule));
    }

    /** None yet. */
    public static ParameterSchedules of(Loss loss) {
        return new ParameterSchedules(loss, Map.of());
    }

    /**
     * These and one more.
     *
     * @throws ParfocalException if the loss has no such parameter, it has a schedule already, it is the length of a row, or
     *     the schedule leaves its range
     */
    public ParameterSchedules with(String parameter, Schedule schedule) {
        if (schedules.containsKey(parameter)) {
            throw new ParfocalException("two schedules for the parameter " + parameter + " of " + loss.name() + ": '"
                    + schedules.get(parameter) + "' and '" + schedule + "'; keep one");
        }
        Map<String, Schedule> more = new LinkedHashMap<>(schedules);
        more.put(parameter, schedule);
        return new ParameterSchedules(loss, more);
    }

    private static void check(Loss loss, String name, Schedule schedule) {
        loss.parameter(name);
        Parameter parameter = loss.parameters().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (parameter.integer()) {
            throw new ParfocalException("the parameter " + name + " of " + loss.name()
                    + " is a whole number that its code is made for: it cannot follow a schedule");
        }
        for (double value : new double[] {schedule.lowest(), schedule.highest()}) {
            if (!(value >= parameter.min() && value <= parameter.max())) {
                throw new ParfocalException("the schedule '" + schedule + "' takes the parameter " + name + " of "
                        + loss.name() + " to " + Numbers.shown(value) + ", outside its range " + parameter.range());
            }
        }
    }

    /** The values at a step, by parameter. */
    public Map<String, Double> at(long step, long steps) {
        Map<String, Double> values = new LinkedHashMap<>();
        schedules.forEach((name, schedule) -> values.put(name, within(schedule, step, steps)));
        return values;
    }

    /** Rounding must not carry a value beyond its schedule's ends, which may be the ends of its range. */
    private static double within(Schedule schedule, long step, long steps) {
        return Math.max(schedule.lowest(), Math.min(schedule.highest(), schedule.at(step, steps)));
    }

    /** Options with the values at a step as arguments. */
    public Options apply(Options options, long step, long steps) {
        Options result = options;
        for (Map.Entry<String, Double> each : at(step, steps).entrySet()) {
            result = result.withArgument(each.getKey(), each.getValue());
        }
        return result;
    }
}
