package dev.parfocal.training.task;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good the answers to a question about whole images are: the share of right answers on presence, the mean absolute
 * error of counts; over all images and classes, and by class. Classes of which an image shows a crowd are left out.
 */
public final class ImageScore {
    private final ImageTarget target;
    private final List<Category> categories;
    private final double[] errors;
    private final long[] asked;

    /** Of no image yet. */
    public ImageScore(ImageTarget target, List<Category> categories) {
        this.target = target;
        this.categories = categories;
        errors = new double[categories.size()];
        asked = new long[categories.size()];
    }

    /**
     * Adds an image.
     *
     * @param answers {@code [classes]}
     * @param objects that it shows
     */
    public void add(float[] answers, List<Annotation> objects) {
        float[] targets = target.targets(objects, categories.size());
        for (int label = 0; label < targets.length; label++) {
            if (targets[label] != ImageTarget.UNKNOWN) {
                errors[label] += target.error(answers[label], targets[label]);
                asked[label]++;
            }
        }
    }

    /** {@code presence/accuracy} or {@code count/MAE}, and the same with each class's name behind; -1 if nothing was asked. */
    public Map<String, Double> metrics() {
        String name = target.word() + (target == ImageTarget.PRESENCE ? "/accuracy" : "/MAE");
        Map<String, Double> metrics = new LinkedHashMap<>();
        double allErrors = 0;
        long allAsked = 0;
        for (int label = 0; label < errors.length; label++) {
            allErrors += errors[label];
            allAsked += asked[label];
        }
        metrics.put(name, value(allErrors, allAsked));
        for (int label = 0; label < errors.length; label++) {
            metrics.put(name + "/" + categories.get(label).name(), value(errors[label], asked[label]));
        }
        return metrics;
    }

    private double value(double sum, long number) {
        if (number == 0) {
            return -1;
        }
        return target == ImageTarget.PRESENCE ? 1 - sum / number : sum / number;
    }
}
