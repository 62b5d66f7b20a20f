package dev.parfocal.training.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A step whose numbers were not finite, and what the guard did.
 *
 * @param step the step, from 1
 * @param words what, where, why, and what to do about it
 * @param file for {@code parfocal replay}; empty if it was too large to be kept
 * @param from the step that the run goes on from: the same one, skipped, or an earlier one, rolled back to
 * @param rateFactor factor of the learning rate from now on
 */
public record Incident(long step, String words, Optional<Path> file, long from, double rateFactor) {

    /** Whether the run went back to an earlier step. */
    public boolean rolledBack() {
        return from < step;
    }

    /** What the guard did, in words. */
    public String action() {
        return rolledBack()
                ? "rolled back to step " + from + ", learning rate times " + rateFactor + " from there"
                : "the batch is skipped";
    }

    /** For the run's record. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", step);
        json.put("policy", rolledBack() ? "rollback" : "skip");
        json.put("rateFactor", rateFactor);
        json.put("found", words);
        file.ifPresent(path -> json.put("file", path.toString()));
        return json;
    }
}
