package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.optim.Optimizer;
import dev.parfocal.training.optim.WeightAverage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that changes while a run goes on, and so everything that its checkpoint holds. */
final class TrainingState {
    private static final String WEIGHTS = "weights/";
    private static final String AVERAGE = "average/";

    final DetectorModel model;
    final Optimizer optimizer;
    final WeightAverage average;

    /** Steps taken. */
    long step;

    /** Wall time spent in them. */
    double seconds;

    TrainingState(DetectorModel model, RunConfig config) {
        this.model = model;
        optimizer = Optimizer.of(config.optimizer(), model.weights());
        average = new WeightAverage(model.weights(), config.ema());
    }

    /** The state as a file that {@link #restore} takes back to the last bit. */
    TensorFile toFile() {
        return Scope.unrecorded(() -> {
            Weights weights = model.weights();
            Map<String, TensorFile.Entry> tensors =
                    new LinkedHashMap<>(weights.named(WEIGHTS, weights.trained(), weights.statistics()));
            tensors.putAll(weights.named(AVERAGE, average.trained(), average.statistics()));
            optimizer.memory().forEach((name, t) -> tensors.put(name, TensorFile.Entry.of(t.toArray())));
            return new TensorFile(tensors, Map.of("step", Long.toString(step), "seconds", Double.toString(seconds)));
        });
    }

    void restore(TensorFile file) {
        Scope.unrecorded(() -> {
            Weights weights = model.weights();
            weights.restore(file, WEIGHTS, weights.trained(), weights.statistics());
            weights.restore(file, AVERAGE, average.trained(), average.statistics());
            optimizer.restore(file);
        });
        step = Long.parseLong(note(file, "step"));
        seconds = Double.parseDouble(note(file, "seconds"));
    }

    private static String note(TensorFile file, String name) {
        String value = file.notes().get(name);
        if (value == null) {
            throw new ParfocalException("the checkpoint lacks its " + name + ": it was not written by a training run");
        }
        return value;
    }

    /** The averaged weights alone, as a detector needs them. */
    TensorFile averaged() {
        return Scope.unrecorded(() -> new TensorFile(
                model.weights().named("", average.trained(), average.statistics()),
                Map.of("step", Long.toString(step))));
    }

    /** Runs something with the averaged weights in the model, then puts the others back. */
    void withAverage(Runnable task) {
        Weights weights = model.weights();
        float[] trained = weights.trained().toArray();
        float[] statistics = weights.statistics().toArray();
        try {
            weights.trained().floats().put(average.trained().toArray());
            weights.statistics().floats().put(average.statistics().toArray());
            task.run();
        } finally {
            weights.trained().floats().put(trained);
            weights.statistics().floats().put(statistics);
        }
    }
}
