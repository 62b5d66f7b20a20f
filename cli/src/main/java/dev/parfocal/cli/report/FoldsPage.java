package dev.parfocal.cli.report;

import java.util.List;
import java.util.Map;

/**
 * What the page of a cross-validation shows.
 *
 * @param charts a measure by fold
 * @param tables scores by fold, and who is in each
 */
public record FoldsPage(
        String title,
        String subtitle,
        List<Fact> facts,
        List<Notice> notices,
        List<Chart> charts,
        List<Titled> tables,
        Origin origin) {

    /** The sections of the page, by their anchors. */
    public Map<String, String> sections() {
        return Map.of("folds", "Folds");
    }
}
