package dev.parfocal.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of a comparison shows.
 *
 * @param verdicts which differences are real; none as long as trainings are missing
 * @param intervals every measure with its interval
 * @param tables accuracy, by class, calibration, every training
 * @param curves precision over recall, reliability; none if the images are gone
 * @param losses their own curves
 */
public record ComparePage(
        String title,
        String subtitle,
        List<Fact> facts,
        List<Notice> notices,
        List<Verdict> verdicts,
        String basis,
        List<Chart> intervals,
        List<Titled> tables,
        List<Chart> curves,
        List<Chart> losses,
        Origin origin) {

    /** The sections of the page, by their anchors. */
    public Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        if (!verdicts.isEmpty()) {
            sections.put("verdicts", "Differences");
        }
        sections.put("tables", "Numbers");
        if (!curves.isEmpty()) {
            sections.put("curves", "Detectors");
        }
        sections.put("losses", "Losses");
        return sections;
    }
}
