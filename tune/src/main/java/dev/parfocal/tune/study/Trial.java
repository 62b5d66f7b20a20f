package dev.parfocal.tune.study;

import dev.parfocal.tune.space.Point;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One try of a study.
 *
 * @param number from 0, in the order of asking
 * @param notes what the sampler wants to remember of it
 * @param worker who works or worked on it
 * @param reports intermediate values of the study's first metric, by step
 * @param metrics what it achieved; empty unless complete
 * @param seconds its last attempt took
 * @param order in which it finished, from 0; -1 while it runs
 * @param reason why it failed; empty if it did not
 */
public record Trial(
        int number,
        Point point,
        State state,
        Map<String, String> notes,
        int worker,
        SortedMap<Integer, Double> reports,
        Map<String, Double> metrics,
        double seconds,
        int order,
        String reason) {

    static Trial asked(int number, Point point, Map<String, String> notes, int worker) {
        return new Trial(number, point, State.RUNNING, Map.copyOf(notes), worker, new TreeMap<>(), Map.of(), 0, -1, "");
    }

    /** The last intermediate value. */
    public OptionalDouble lastReport() {
        return reports.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(reportedAt(reports.lastKey()));
    }

    /** The intermediate value of a step; NaN if it has none. */
    public double reportedAt(int step) {
        return reports.getOrDefault(step, Double.NaN);
    }

    Trial adopted(int other) {
        return new Trial(number, point, state, notes, other, reports, metrics, seconds, order, reason);
    }

    Trial reported(int step, double value) {
        TreeMap<Integer, Double> more = new TreeMap<>(reports);
        more.put(step, value);
        return new Trial(number, point, state, notes, worker, more, metrics, seconds, order, reason);
    }

    Trial ended(State how, Map<String, Double> values, double time, int place, String why) {
        return new Trial(number, point, how, notes, worker, reports, values, time, place, why);
    }
}
