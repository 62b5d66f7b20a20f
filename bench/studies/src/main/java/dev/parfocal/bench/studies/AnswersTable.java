package dev.parfocal.bench.studies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What detectors with further tasks say of whole images, beside the best constant answers. */
final class AnswersTable {

    private final Map<String, Outcomes> settings = new LinkedHashMap<>();

    /** Adds the runs of some settings, if they answer anything. */
    void add(String name, Outcomes outcomes) {
        if (outcomes.runs().stream().anyMatch(run -> !run.answers().isEmpty())) {
            settings.put(name, outcomes);
        }
    }

    /** The table as Markdown; nothing if there is nothing to show. */
    String text() {
        if (settings.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""

                ## Presence and counts

                Which classes an image shows and how many objects of each, on the same images. *Constant*: the best
                constant answer to each class.

                | settings | right on presence | constant | counts off by | constant |
                |---|---|---|---|---|
                """);
        settings.forEach((name, outcomes) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            for (String key : Outcome.ANSWERS) {
                cells.add(outcomes.shown(run -> run.answers().getOrDefault(key, Double.NaN)));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
        return text.toString();
    }
}
