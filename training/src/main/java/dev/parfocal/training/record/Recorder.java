package dev.parfocal.training.record;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down how a run goes on: {@code metrics.jsonl}, the truth, and event files for TensorBoard. */
public final class Recorder implements AutoCloseable {
    private final MetricsLog metrics;
    private final @Nullable EventFile events;
    private final List<String> classes;

    /**
     * Goes on with the record of a run after a step; what was recorded of later steps is dropped.
     *
     * @param metrics the file of lines; event files lie beside it
     * @param step the last step that counts; 0 for a new run
     * @param classes names by label
     */
    public Recorder(Path metrics, long step, List<String> classes, RecordConfig config) {
        this.metrics = new MetricsLog(metrics, step);
        Path folder = metrics.toAbsolutePath().getParent();
        events = config.tensorboard() ? EventFile.open(folder == null ? metrics : folder, step) : null;
        this.classes = List.copyOf(classes);
    }

    /** A step was taken. */
    public void step(StepRecord step) {
        metrics.append(StepJson.of(step));
        if (events != null) {
            events.append(step.step(), Summaries.of(step, classes));
        }
    }

    /**
     * A step's numbers were not finite.
     *
     * @param step that the run goes on from
     * @param what the incident, to be written as it is
     */
    public void incident(long step, int epoch, Map<String, ?> what) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch);
        line.put("incident", what);
        metrics.append(line);
    }

    /** Whether the record that it goes on with has the evaluation after a step. */
    public boolean isEvaluated(long step) {
        return metrics.isEvaluated(step);
    }

    /** The model was evaluated after a step; said again of a step that the record has, it is not written again. */
    public void evaluated(long step, int epoch, Map<String, Double> scores) {
        if (isEvaluated(step)) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch);
        line.put("evaluation", scores);
        metrics.append(line);
        if (events != null) {
            events.append(step, Summaries.of("evaluation/", scores));
        }
    }

    @Override
    public void close() {
        metrics.close();
        if (events != null) {
            events.close();
        }
    }
}
