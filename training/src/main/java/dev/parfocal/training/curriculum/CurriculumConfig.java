package dev.parfocal.training.curriculum;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.schedule.Schedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changes over the steps of a run. In a configuration it is a list of targets with their schedules:
 *
 * <pre>
 *     curriculum:
 *       - classification.gamma: linear 0 to 2
 *       - objects.minSize: step 24, 0 at 0.3
 * </pre>
 *
 * @param schedules by target, as {@link Curriculum} knows them
 */
public record CurriculumConfig(Map<String, Schedule> schedules) {
    /** Nothing changes. */
    public static final CurriculumConfig NONE = new CurriculumConfig(Map.of());

    /** Keeps the order. */
    public CurriculumConfig {
        schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
    }

    /**
     * Reads the list of a configuration.
     *
     * @throws ParfocalException if it is no such list, a schedule cannot be understood, or a target has two
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CurriculumConfig of(@Nullable Object list) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        for (Object item : list instanceof List<?> items ? items : bad(list)) {
            for (Map.Entry<?, ?> rule : (item instanceof Map<?, ?> map ? map : Map.of("", bad(item))).entrySet()) {
                add(schedules, String.valueOf(rule.getKey()), String.valueOf(rule.getValue()));
            }
        }
        return new CurriculumConfig(schedules);
    }

    private static List<?> bad(@Nullable Object found) {
        throw new ParfocalException("curriculum must be a list of targets and schedules such as"
                + " [{classification.gamma: linear 0 to 2}], but has " + found);
    }

    private static void add(Map<String, Schedule> schedules, String target, String text) {
        Schedule schedule;
        try {
            schedule = Schedule.parse(text);
        } catch (ParfocalException e) {
            throw new ParfocalException("curriculum: " + target + ": " + e.getMessage());
        }
        Schedule before = schedules.put(target, schedule);
        if (before != null) {
            throw new ParfocalException(
                    "curriculum: two schedules for " + target + ": '" + before + "' and '" + schedule + "'; keep one");
        }
    }

    /** The list that {@link #of} reads. */
    @JsonValue
    public List<Map<String, String>> toList() {
        return schedules.entrySet().stream()
                .map(each -> Map.of(each.getKey(), each.getValue().toString()))
                .toList();
    }
}
