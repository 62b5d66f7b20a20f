package dev.parfocal.training.diagnose;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.run.FreshModel;
import dev.parfocal.training.run.RunFiles;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a record shows.
 *
 * @param steps how many were looked at
 * @param findings what is wrong, what matters most first; empty if nothing is
 * @param figures how it went, by name, for people
 */
public record Diagnosis(long steps, List<Finding> findings, Map<String, String> figures) {

    /**
     * Looks at a run's files. The engine is not started.
     *
     * @throws dev.parfocal.core.ParfocalException if the directory has no run, or its record cannot be read
     */
    public static Diagnosis ofRun(Path run) {
        return of(RunFiles.of(run));
    }

    /** Looks at a run's files that were read. */
    public static Diagnosis of(RunFiles files) {
        return of(new Evidence(
                files.record(), names(files.categories()), files.losses(), files.config(), files.isComplete()));
    }

    /**
     * Looks at a fresh model and a few batches, before any training.
     *
     * @param batches how many, at least 1
     */
    public static Diagnosis beforeTraining(RunConfig config, Dataset train, int batches) {
        Map<String, Loss> losses = Criterion.losses(config.supervision(), config.model());
        List<StepRecord> steps = FreshModel.look(config, train, batches);
        Diagnosis looked = of(new Evidence(new RunRecord(steps), names(train.categories()), losses, config, false));
        return Reach.finding(config, train).map(looked::with).orElse(looked);
    }

    private Diagnosis with(Finding more) {
        List<Finding> all = Stream.concat(findings.stream(), Stream.of(more))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        return new Diagnosis(steps, all, figures);
    }

    private static List<String> names(List<Category> categories) {
        return categories.stream().map(Category::name).toList();
    }

    static Diagnosis of(Evidence evidence) {
        return new Diagnosis(evidence.steps().size(), Rule.findings(evidence), Figures.of(evidence));
    }
}
