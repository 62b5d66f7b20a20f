package dev.parfocal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCurvesTest {

    @Test
    void lossesAreAveragedOverEachEpoch(@TempDir Path run) throws Exception {
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"step": 1, "epoch": 1, "total": 4.0, "weighted": {"classification": 3.0, "box": 1.0}}
                {"step": 2, "epoch": 1, "total": 2.0, "weighted": {"classification": 1.0, "box": 1.0}}
                {"step": 2, "epoch": 1, "evaluation": {"AP": 0.25}}
                {"step": 3, "epoch": 2, "total": 1.0, "weighted": {"classification": 0.5, "box": 0.5}}
                {"step": 3, "epoch": 2, "evaluation": {"AP": 0.5}}
                """);

        Figure figure = RunCurves.of(run, "title");

        assertThat(figure.legend()).containsExactly("classification", "box", "total", "AP");
        var panels = figure.rows().get(0).panels();
        assertThat(panels.get(0).curves())
                .extracting(Curve::y)
                .containsExactly(new double[] {2, 0.5}, new double[] {1, 0.5}, new double[] {3, 1});
        assertThat(panels.get(1).curves().get(0).y()).containsExactly(0.25, 0.5);
    }
}
