package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.AugmentConfig;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.MatchedOutput;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.criterion.StepTimer;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Truth;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The logits of a trained detector's classes on some images, counted: those of an object's own class apart from all others.
 *
 * @param images how many it looked at
 * @param from the left edge of the first bin
 * @param width of a bin
 * @param positives {@code [bins]} logits of an object's own class, at the rows that the run's assigner gives it
 * @param quality {@code [bins]} the mean IoU of the decoded box with the object, of these
 * @param negatives {@code [bins]} all other logits, but those of rows that are ignored
 */
public record ClassLogits(int images, double from, double width, long[] positives, double[] quality, long[] negatives) {

    private static final double LEAST = -16;
    private static final double WIDTH = 0.25;
    private static final int BINS = 128;

    /**
     * Counts the logits of the output that detections are made from. What lies beyond ±16 counts as there.
     *
     * @param run the folder of a run that has trained
     * @param data images with their objects, in the classes of the run
     * @param most how many images at most, the first
     * @throws ParfocalException if the run has no trained weights, there is no image, or its classes exclude each other, so that no
     *     single logit decides
     */
    public static ClassLogits of(Path run, Dataset data, int most) {
        RunDirectory directory = Detector.trained(run);
        RunConfig config = RunConfig.read(directory.config());
        if (config.loss().isExclusive(config.model())) {
            throw new ParfocalException(
                    run + ": the classes of this run exclude each other, as softmax says; logits are"
                            + " counted where each class is asked for by itself");
        }
        List<Sample> samples = data.samples().stream().limit(most).toList();
        if (samples.isEmpty()) {
            throw new ParfocalException("the data to look at, " + data.name() + ", has no images");
        }
        Engine.start(config.resolvedThreads());
        TrainingState state =
                TrainingState.of(config, directory.readCategories().size());
        state.model.weights().restore(TensorFile.read(directory.weights()));
        state.model.training(false);
        List<OutputSpec> outputs = config.model().outputs();
        Counts counts = new Counts(outputs.get(outputs.size() - 1).columns());
        Frame frame = Inference.frame(config.model());
        Views views =
                new Views(samples, new ImageCache(frame, config.reading().cacheBytes()), frame, AugmentConfig.NONE);
        float[] planes = new float[frame.size()];
        FloatBuffer direct = ByteBuffer.allocateDirect(4 * frame.size())
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (Sample sample : samples) {
            List<List<Annotation>> objects = List.of(views.draw(sample, config.seed(), 0, planes, 0));
            direct.clear().put(planes).flip();
            Scope.recorded(() -> {
                Tensor input = Tensor.images(direct, 1, 3, frame.height(), frame.width());
                Truth truth = new Truth(Optional.of(objects), config.seed(), state.criterion::match);
                Prediction prediction = state.model.forward(input, truth);
                return state.criterion.backward(
                        prediction,
                        objects,
                        StepSettings.NONE,
                        StepTimer.NONE,
                        (batch, contributions) -> counts.add(batch.result()));
            });
        }
        return counts.of(samples.size());
    }

    /** Adds up. */
    private static final class Counts {
        private final OutputSpec.Columns columnsOf;
        private final long[] positives = new long[BINS];
        private final double[] quality = new double[BINS];
        private final long[] negatives = new long[BINS];

        Counts(OutputSpec.Columns columnsOf) {
            this.columnsOf = columnsOf;
        }

        void add(MatchedOutput matched) {
            FloatBuffer logits = matched.output().logits().onHost().floats();
            int columns = matched.output().classes();
            List<Integer> labels = new ArrayList<>();
            matched.assignments().forEach(each -> {
                for (int label : each.label()) {
                    labels.add(label);
                }
            });
            for (int row = 0; row < labels.size(); row++) {
                for (int column = 0; column < columns && labels.get(row) != Assignment.IGNORE; column++) {
                    negatives[bin(logits.get(row * columns + column))]++;
                }
            }
            for (int i = 0; i < matched.positives().count(); i++) {
                int row = matched.positives().row()[i];
                int bin = bin(logits.get(
                        row * columns + columnsOf.of(matched.positives().label()[i])));
                negatives[bin]--;
                positives[bin]++;
                quality[bin] += matched.positives().iou()[i];
            }
        }

        private static int bin(float logit) {
            return (int) Math.max(0, Math.min(BINS - 1, Math.floor((logit - LEAST) / WIDTH)));
        }

        ClassLogits of(int images) {
            double[] means = new double[BINS];
            for (int bin = 0; bin < BINS; bin++) {
                means[bin] = positives[bin] == 0 ? 0 : quality[bin] / positives[bin];
            }
            return new ClassLogits(images, LEAST, WIDTH, positives, means, negatives);
        }
    }
}
