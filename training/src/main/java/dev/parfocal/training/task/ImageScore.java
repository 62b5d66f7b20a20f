package dev.parfocal.training.task;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How good the answers to a question about whole images are: the share of right answers on presence, the mean absolute
 * error of counts; over all images and classes, by class, and for comparison of the best constant answer to each class.
 * Classes of which an image shows a crowd are left out.
 */
public final class ImageScore {
    private final ImageTarget target;
    private final List<Category> categories;
    private final List<List<Answer>> byClass;

    private record Answer(float given, float right) {}

    /** Of no image yet. */
    public ImageScore(ImageTarget target, List<Category> categories) {
        this.target = target;
        this.categories = categories;
        byClass = IntStream.range(0, categories.size())
                .<List<Answer>>mapToObj(label -> new ArrayList<>())
                .toList();
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
                byClass.get(label).add(new Answer(answers[label], targets[label]));
            }
        }
    }

    /**
     * {@code presence/accuracy} or {@code count/MAE}; the same with {@code Constant} behind for the best constant answers,
     * and with {@code /name} behind for each class. -1 if nothing was asked.
     */
    public Map<String, Double> metrics() {
        String name = target.word() + (target == ImageTarget.PRESENCE ? "/accuracy" : "/MAE");
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<Answer> all = byClass.stream().flatMap(List::stream).toList();
        metrics.put(name, value(all));
        metrics.put(
                name + "Constant",
                value(byClass.stream().flatMap(own -> constant(own).stream()).toList()));
        for (int label = 0; label < byClass.size(); label++) {
            metrics.put(name + "/" + categories.get(label).name(), value(byClass.get(label)));
        }
        return metrics;
    }

    /** Every answer replaced by the median of the right ones: no constant has a smaller absolute error. */
    private static List<Answer> constant(List<Answer> answers) {
        double[] right = answers.stream().mapToDouble(Answer::right).sorted().toArray();
        return answers.stream()
                .map(answer -> new Answer((float) right[right.length / 2], answer.right()))
                .toList();
    }

    private double value(List<Answer> answers) {
        if (answers.isEmpty()) {
            return -1;
        }
        double errors = answers.stream()
                .mapToDouble(answer -> target.error(answer.given(), answer.right()))
                .sum();
        return target == ImageTarget.PRESENCE ? 1 - errors / answers.size() : errors / answers.size();
    }
}
