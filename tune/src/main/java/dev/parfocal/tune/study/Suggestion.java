package dev.parfocal.tune.study;

import dev.parfocal.tune.space.Point;
import java.util.Map;

/**
 * What a sampler proposes to try next.
 *
 * @param notes what it wants to find again in the trial
 */
public record Suggestion(Point point, Map<String, String> notes) {

    /** A suggestion to remember nothing of. */
    public Suggestion(Point point) {
        this(point, Map.of());
    }
}
