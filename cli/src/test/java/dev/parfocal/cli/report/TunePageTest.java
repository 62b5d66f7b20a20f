package dev.parfocal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.tune.SearchNames;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.tune.prune.MedianPruner;
import dev.parfocal.tune.sampler.RandomSampler;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunePageTest {

    @TempDir
    private Path folder;

    /** A study whose trials end as is told, without training anything. */
    private Document page(String search, String metrics, int trials, BiConsumer<Study, Trial> end) throws IOException {
        Configuration<RunConfig> config = RunConfig.configuration().with("data.path", "photos/cells", "test");
        Files.writeString(folder.resolve("config.yaml"), config.yaml());
        Space space = new SearchNames(config, Catalogue.get("varifocal")).space(search);
        Definition definition = new Definition(space, Metric.parse(metrics), 1, Map.of("sampler", "RANDOM"));
        try (Study study = Study.open(
                folder.resolve("journal.jsonl"), definition, new RandomSampler(), new MedianPruner(1, 100))) {
            for (int i = 0; i < trials; i++) {
                end.accept(study, study.ask(trials).orElseThrow());
            }
        }
        return Page.checked(ReportFile.write(folder));
    }

    private static void tell(Study study, Trial trial) {
        double gamma = trial.point().value("gamma");
        double alpha = trial.point().value("alpha");
        double ap = 0.6 - 0.02 * (gamma - 2) * (gamma - 2) - 0.1 * (alpha - 0.5) * (alpha - 0.5);
        study.tell(trial.number(), Map.of("AP", ap, "seconds", 10 + gamma), 12.5);
    }

    @Test
    void showsTheSearchAndWhatMatters() throws IOException {
        Document page = page("gamma, alpha", "AP", 12, TunePageTest::tell);
        assertThat(page.select("h1").text()).isEqualTo("varifocal on cells");
        assertThat(page.select(".facts").text()).contains("best AP 0.59", "gamma", "alpha", "trials 12");
        // The course, the surface, and a slice for each parameter.
        assertThat(page.select("#search .panels > svg.chart")).hasSize(4);
        assertThat(page.select("#search rect").size()).isGreaterThan(500);
        assertThat(page.select("h3").eachText()).contains("Best trials", "What matters", "Every trial");
        assertThat(page.select("#trials .scroll").last().select("tbody tr")).hasSize(12);
    }

    @Test
    void severalMetricsHaveAFront() throws IOException {
        Document page = page("gamma, alpha", "AP,seconds:min", 10, TunePageTest::tell);
        assertThat(page.select("h3").eachText())
                .contains("Front of best compromises")
                .doesNotContain("Best trials");
        assertThat(page.select("#search .panels > svg.chart").last().attr("aria-label"))
                .contains("AP over seconds", "10 dots");
    }

    @Test
    void aSingleTrial() throws IOException {
        Document page = page("gamma, alpha", "AP", 1, TunePageTest::tell);
        assertThat(page.select("#search .panels > svg.chart")).isNotEmpty();
        assertThat(page.select("h3").eachText()).doesNotContain("What matters");
    }

    @Test
    void onlyFailures() throws IOException {
        Document page =
                page("gamma, alpha", "AP", 3, (study, trial) -> study.fail(trial.number(), "no <b>memory</b>", 1));
        assertThat(page.select(".notice.severe").text()).contains("No trial came to its end.");
        assertThat(page.select("#search")).isEmpty();
        assertThat(page.select("#trials td").eachText()).contains("failed (no <b>memory</b>)");
    }

    @Test
    void trialsUnderWayAreTold() throws IOException {
        Document page = page("gamma, alpha", "AP", 3, (study, trial) -> {
            if (trial.number() < 2) {
                tell(study, trial);
            }
        });
        assertThat(page.select(".notice.warning").text()).contains("1 trial had not ended");
    }
}
