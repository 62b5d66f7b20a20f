package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.published.PublishedWeights;
import dev.parfocal.training.published.WrittenWeights;
import dev.parfocal.training.task.ImageTarget;
import dev.parfocal.training.task.TasksConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A trained detector. Not for several threads at once. */
public final class Detector {
    private final List<Category> categories;
    private final Inference inference;

    private Detector(List<Category> categories, Inference inference) {
        this.categories = categories;
        this.inference = inference;
    }

    /**
     * Loads the detector of a run.
     *
     * @throws ParfocalException if the run directory has none, or its files do not go together
     */
    public static Detector load(Path run) {
        RunDirectory directory = trained(run);
        RunConfig config = RunConfig.read(directory.config());
        List<Category> categories = directory.readCategories();
        TensorFile file = TensorFile.read(directory.weights());
        Engine.start(config.resolvedThreads());
        Start start = new Start(categories.size(), Map.of(), config.tasks().branches(categories.size()));
        DetectorModel model = new DetectorModel(config.model(), start, 0);
        model.weights().restore(file);
        return new Detector(categories, new Inference(model, config, config.tasks()));
    }

    /**
     * A detector with published weights.
     *
     * @param categories its classes by label
     * @throws ParfocalException if the file cannot be read, or does not have every weight of the model for so many classes
     */
    public static Detector published(RunConfig config, Path weights, List<Category> categories) {
        Engine.start(config.resolvedThreads());
        DetectorModel model = new DetectorModel(config.model(), Start.of(categories.size(), Map.of()), 0);
        PublishedWeights.load(model, weights).requireComplete();
        return new Detector(categories, new Inference(model, config, TasksConfig.NONE));
    }

    /**
     * Writes the weights of a run under the names of the reference of its model, with the names of its classes.
     *
     * @param to a file that is not there yet
     * @throws ParfocalException if the run has no trained weights, or the file cannot be written or is there
     */
    public static void write(Path run, Path to) {
        RunDirectory directory = trained(run);
        if (Files.exists(to)) {
            throw new ParfocalException(to + " is there already: name another file");
        }
        RunConfig config = RunConfig.read(directory.config());
        Engine.start(config.resolvedThreads());
        WrittenWeights.of(config, directory.readCategories(), TensorFile.read(directory.weights()))
                .write(to);
    }

    /** The folder of a run that has trained weights. */
    static RunDirectory trained(Path run) {
        RunDirectory directory = new RunDirectory(run);
        if (!Files.exists(directory.weights())) {
            throw new ParfocalException(run + " has no trained weights ("
                    + directory.weights().getFileName() + "): train first, or --resume a run that was stopped");
        }
        return directory;
    }

    /** The classes it knows; a label is an index into them. */
    public List<Category> categories() {
        return categories;
    }

    /** Whether its detections say how sure it is of the sides of boxes: whether these are distributions. */
    public boolean knowsDeviations() {
        return inference.knowsDeviations();
    }

    /** Detections in one image, best first, boxes in the image's own pixels. */
    public List<Detection> detect(RgbImage image, long imageId) {
        return look(image, imageId).detections();
    }

    /** Detections in the images of samples, several at a time. */
    public List<Detection> detect(List<Sample> samples) {
        return Evaluation.detections(Evaluation.look(inference, samples));
    }

    /**
     * What it makes of a data set.
     *
     * @param detections in all images
     * @param answered how good its answers about whole images are: {@code presence/accuracy}, {@code count/MAE}, and the same
     *     per class with {@code /name} behind; empty if it was trained on detection alone
     */
    public record Examination(List<Detection> detections, Map<String, Double> answered) {}

    /** Looks at every image of a data set of its classes. */
    public Examination examine(Dataset data) {
        List<Inference.Found> found = Evaluation.look(inference, data.samples());
        return new Examination(Evaluation.detections(found), Evaluation.answered(found, data));
    }

    /**
     * What it was trained to say of a whole image, {@code [classes]} each: probabilities that the class is there, numbers
     * of its objects. Empty if it was trained on detection alone.
     */
    public Map<ImageTarget, float[]> answers(RgbImage image) {
        return look(image, 0).answers();
    }

    private Inference.Found look(RgbImage image, long imageId) {
        return inference.look(List.of(new Inference.Picture(imageId, image))).get(0);
    }
}
