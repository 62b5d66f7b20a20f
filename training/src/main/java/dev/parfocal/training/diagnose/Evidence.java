package dev.parfocal.training.diagnose;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What rules look at.
 *
 * @param record of the run's steps, or of a fresh model's look at some batches
 * @param classes names by label
 * @param losses of the run with their parameters set, by component; those that are known
 * @param config of the run
 * @param complete whether the run came to its end
 */
record Evidence(RunRecord record, List<String> classes, Map<String, Loss> losses, RunConfig config, boolean complete) {

    /** The slots that say which class a point shows. */
    private static final List<String> CLASSIFICATION = List.of("classification", "successor");

    /** Recent steps are the last tenth of all, but so many at least. */
    private static final int FEW = 10;

    List<StepRecord> steps() {
        return record.steps();
    }

    /** The last steps. */
    List<StepRecord> recent() {
        int count = Math.min(steps().size(), Math.max(FEW, steps().size() / FEW));
        return steps().subList(steps().size() - count, steps().size());
    }

    /** The first steps, as many as {@link #recent}. */
    List<StepRecord> early() {
        return steps().subList(0, recent().size());
    }

    /** The classification loss of a step, of the output that detections are made from; null: it has none. */
    StepRecord.@Nullable Component classification(StepRecord step) {
        return step.components().get(config.component(CLASSIFICATION.get(0)));
    }

    /** The classification statistics of some steps together; empty if none were taken. */
    Optional<LossStatistics> statistics(List<StepRecord> some) {
        List<LossStatistics> all = new ArrayList<>();
        for (StepRecord step : some) {
            CLASSIFICATION.stream()
                    .map(config::component)
                    .map(step.statistics()::get)
                    .filter(each -> each != null && each.gradient() > 0)
                    .forEach(all::add);
        }
        return all.stream().reduce(LossStatistics::plus);
    }

    /** The matching of all steps together; empty if it was not recorded. */
    Optional<Matching> matching() {
        return steps().stream()
                .map(StepRecord::matching)
                .filter(each -> each.objects().length > 0)
                .reduce(Matching::plus);
    }

    /** The mean of a number over some steps. */
    static double mean(List<StepRecord> steps, ToDoubleFunction<StepRecord> number) {
        return steps.stream().mapToDouble(number).average().orElse(Double.NaN);
    }

    /** The median of a number over some steps; NaN where there are none. */
    static double median(List<StepRecord> steps, ToDoubleFunction<StepRecord> number) {
        double[] sorted = steps.stream().mapToDouble(number).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
