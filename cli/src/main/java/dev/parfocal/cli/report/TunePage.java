package dev.parfocal.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of a search shows.
 *
 * @param search the course of the search, its surface, its front
 * @param tables the best trials, what matters, every trial
 * @param course how the best trial's training went
 * @param losses the loss with its default parameters and with the best
 */
public record TunePage(
        String title,
        String subtitle,
        List<Fact> facts,
        List<Notice> notices,
        List<Chart> search,
        List<Titled> tables,
        List<Chart> course,
        List<Chart> losses,
        Origin origin) {

    /** The sections of the page, by their anchors. */
    public Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        if (!search.isEmpty()) {
            sections.put("search", "Search");
        }
        sections.put("trials", "Trials");
        if (!course.isEmpty()) {
            sections.put("course", "Best trial");
        }
        sections.put("losses", "Loss");
        return sections;
    }
}
