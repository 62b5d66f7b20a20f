package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.engine.Parts;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.optim.Optimizer;
import dev.parfocal.training.optim.WeightAverage;
import dev.parfocal.training.published.PublishedWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that changes while a run goes on, and so everything that its checkpoint holds. */
final class TrainingState {
    private static final String WEIGHTS = "weights/";
    private static final String AVERAGE = "average/";
    private static final String BALANCE = "balance/";
    private static final String GAIN = "gain/";
    private static final String AVERAGES = "averages/";
    private static final String LOSS_STATE = "state/";

    final DetectorModel model;
    final Optimizer optimizer;
    final WeightAverage average;
    final Criterion criterion;
    final Recovery recovery = new Recovery();

    /** Steps taken. */
    long step;

    /** Wall time spent in them. */
    double seconds;

    /** What they were trained on, in {@link TrainedImages#words}. */
    String images = "";

    TrainingState(DetectorModel model, RunConfig config) {
        this.model = model;
        optimizer = config.optimizer().optimizer(model.weights());
        average = new WeightAverage(model.weights(), config.ema());
        criterion = new Criterion(
                config.supervision(),
                config.loss().gain(),
                config.model(),
                model.classCount(),
                config.tasks().tasks(model.classCount()),
                config.balance());
    }

    /** The state at the start of a run, from published weights if the configuration names some. */
    static TrainingState fresh(RunConfig config, int classes, ProgressListener listener) {
        DetectorModel model = model(config, classes);
        String weights = config.weights();
        if (weights != null) {
            listener.loaded(PublishedWeights.load(model, Path.of(weights)));
        }
        return new TrainingState(model, config);
    }

    /** A state that is about to be restored. */
    static TrainingState of(RunConfig config, int classes) {
        return new TrainingState(model(config, classes), config);
    }

    private static DetectorModel model(RunConfig config, int classes) {
        Start start = new Start(
                classes,
                Criterion.priors(config.supervision(), config.model()),
                config.tasks().branches(classes));
        Parts parts = new Parts(List.copyOf(config.optimizer().parts().keySet()));
        return new DetectorModel(config.model(), start, config.seed(), parts);
    }

    /** Which update of the weights the next step is, from 1: skipped steps made none. */
    long nextUpdate() {
        return step + 1 - recovery.skipped;
    }

    /** The state as a file that {@link #restore} takes back to the last bit. */
    TensorFile toFile() {
        return Scope.unrecorded(() -> {
            Weights weights = model.weights();
            Map<String, TensorFile.Entry> tensors =
                    new LinkedHashMap<>(weights.named(WEIGHTS, weights.trained(), weights.statistics()));
            tensors.putAll(weights.named(AVERAGE, average.trained(), average.statistics()));
            optimizer.memory().forEach((name, t) -> tensors.put(name, TensorFile.Entry.of(t.toArray())));
            return new TensorFile(tensors, notes());
        });
    }

    /** Everything but tensors; {@link #restoreNotes} takes it back. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>(recovery.notes());
        notes.put("step", Long.toString(step));
        notes.put("seconds", Double.toString(seconds));
        notes.put(TrainedImages.NOTE, images);
        criterion.gain().measured().forEach((name, value) -> notes.put(GAIN + name, value.toString()));
        criterion.averages().forEach((name, value) -> notes.put(AVERAGES + name, value.toString()));
        criterion.state().forEach((name, value) -> notes.put(LOSS_STATE + name, value.toString()));
        criterion
                .balance()
                .state()
                .forEach((name, numbers) -> notes.put(
                        BALANCE + name,
                        Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "))));
        return notes;
    }

    private static Map<String, Double> numbers(Map<String, String> notes, String prefix) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        notes.forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                numbers.put(name.substring(prefix.length()), Double.valueOf(text));
            }
        });
        return numbers;
    }

    private static Map<String, double[]> balance(Map<String, String> notes) {
        Map<String, double[]> state = new LinkedHashMap<>();
        notes.forEach((name, text) -> {
            if (name.startsWith(BALANCE)) {
                state.put(
                        name.substring(BALANCE.length()),
                        Arrays.stream(text.split(" "))
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        });
        return state;
    }

    void restore(TensorFile file) {
        Scope.unrecorded(() -> {
            Weights weights = model.weights();
            weights.restore(file, WEIGHTS, weights.trained(), weights.statistics());
            weights.restore(file, AVERAGE, average.trained(), average.statistics());
            optimizer.restore(file);
        });
        restoreNotes(file.notes());
    }

    void restoreNotes(Map<String, String> notes) {
        step = Long.parseLong(note(notes, "step"));
        seconds = Double.parseDouble(note(notes, "seconds"));
        criterion.gain().restore(numbers(notes, GAIN));
        criterion.restoreAverages(numbers(notes, AVERAGES));
        criterion.restoreState(numbers(notes, LOSS_STATE));
        criterion.balance().restore(balance(notes));
        recovery.restore(notes);
    }

    private static String note(Map<String, String> notes, String name) {
        String value = notes.get(name);
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
        Scope.unrecorded(() -> {
            Weights weights = model.weights();
            Tensor trained = weights.trained().copy();
            Tensor statistics = weights.statistics().copy();
            try {
                weights.trained().copyFrom(average.trained());
                weights.statistics().copyFrom(average.statistics());
                task.run();
            } finally {
                weights.trained().copyFrom(trained);
                weights.statistics().copyFrom(statistics);
            }
        });
    }
}
