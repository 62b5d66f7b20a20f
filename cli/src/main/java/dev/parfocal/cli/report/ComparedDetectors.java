package dev.parfocal.cli.report;

import dev.parfocal.cli.compare.Cell;
import dev.parfocal.cli.compare.Entry;
import dev.parfocal.cli.compare.Parts;
import dev.parfocal.cli.compare.ReliabilityFigure;
import dev.parfocal.cli.compare.Scores;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the detectors of a comparison found, measured again. */
final class ComparedDetectors {
    private final List<ComparedRun> runs;
    private Optional<Notice> problem = Optional.empty();

    /** @param runs finished ones */
    ComparedDetectors(List<ComparedRun> runs) {
        this.runs = runs;
    }

    /** Precision over recall and reliability, loss by loss; none without finished trainings or images. */
    List<Chart> charts() {
        if (runs.isEmpty()) {
            return List.of();
        }
        try {
            Parts parts = Parts.of(DataParts.read(runs.get(0).config().data()));
            List<Chart> charts = new ArrayList<>();
            charts.add(PrecisionChart.among(results(parts.scored())));
            charts.add(reliability(parts));
            return charts;
        } catch (ParfocalException e) {
            problem = Optional.of(new Notice(
                    Notice.Kind.WARNING,
                    "The detections could not be measured again, so their curves are left out.",
                    String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    /** Why there are no charts, if there should be. */
    Optional<Notice> problem() {
        return problem;
    }

    /** Of each loss, its first seed. */
    private Map<String, CocoResult> results(Dataset scored) {
        Map<String, CocoResult> results = new LinkedHashMap<>();
        for (ComparedRun run : runs) {
            results.computeIfAbsent(
                    run.loss(), name -> CocoEvaluator.evaluate(scored, cell(run).scored(scored)));
        }
        return results;
    }

    private Chart reliability(Parts parts) {
        Map<String, List<ComparedRun>> byLoss = runs.stream()
                .collect(Collectors.groupingBy(ComparedRun::loss, LinkedHashMap::new, Collectors.toList()));
        List<Entry> entries = byLoss.values().stream()
                .map(own -> new Entry(
                        own.get(0).candidate(),
                        own.stream().map(run -> Scores.of(cell(run), parts)).toList()))
                .toList();
        return Chart.of(
                "Reliability of scores",
                "At each detector's operating point, all seeds together, before and after calibration. On the diagonal a"
                        + " score is what it says.",
                ReliabilityFigure.of(entries, "Reliability by loss"));
    }

    private static Cell cell(ComparedRun run) {
        return new Cell(run.folder(), run.config());
    }
}
