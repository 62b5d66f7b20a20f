package dev.parfocal.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page of a training run shows.
 *
 * @param course how it went, step by step
 * @param found what the detector is worth; empty if it was not scored, or the images are gone
 */
public record TrainPage(
        String title,
        String subtitle,
        List<Fact> facts,
        List<Notice> notices,
        List<Chart> course,
        Optional<FoundPart> found,
        List<LossCard> losses,
        Origin origin) {

    /** The sections of the page, by their anchors. */
    public Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        if (!course.isEmpty()) {
            sections.put("course", "Course");
        }
        if (found.isPresent()) {
            sections.put("accuracy", "Accuracy");
            sections.put("calibration", "Calibration");
            sections.put("mistakes", "Mistakes");
        }
        sections.put("losses", "Losses");
        return sections;
    }
}
