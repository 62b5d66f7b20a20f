package dev.parfocal.detection.audit;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Annotations that look wrong by themselves: objects annotated twice, and boxes unlike those of their class. */
public final class DataSuspects {

    private static final double SAME_OBJECT = 0.8;
    private static final double SAME_BOX = 0.9;
    private static final double LONG = 12;

    /** Areas this many times those of the class's median, or this much less, are odd. */
    private static final double UNLIKE = 100;

    private final List<Category> categories;
    private final double[] medians;
    private final List<Suspect> suspects = new ArrayList<>();

    private DataSuspects(Dataset data) {
        categories = data.categories();
        medians = new double[categories.size()];
        for (int label = 0; label < medians.length; label++) {
            int own = label;
            double[] areas = data.samples().stream()
                    .flatMap(sample -> sample.annotations().stream())
                    .filter(object -> object.label() == own && !object.crowd())
                    .mapToDouble(object -> object.box().area())
                    .sorted()
                    .toArray();
            medians[label] = areas.length == 0 ? 0 : areas[areas.length / 2];
        }
    }

    /** All places that look wrong, the most suspicious first. */
    public static List<Suspect> of(Dataset data) {
        DataSuspects all = new DataSuspects(data);
        data.samples().forEach(all::look);
        return all.suspects.stream().sorted(Suspect.WORST_FIRST).toList();
    }

    private void look(Sample sample) {
        List<Annotation> objects =
                sample.annotations().stream().filter(object -> !object.crowd()).toList();
        for (int i = 0; i < objects.size(); i++) {
            odd(sample, objects.get(i));
            for (int j = 0; j < i; j++) {
                twice(sample, objects.get(j), objects.get(i));
            }
        }
    }

    private void twice(Sample sample, Annotation first, Annotation second) {
        double iou = first.box().iou(second.box());
        boolean sameClass = first.label() == second.label();
        if (iou >= (sameClass ? SAME_OBJECT : SAME_BOX)) {
            String names = sameClass ? name(first) + " twice" : name(first) + " and " + name(second);
            suspects.add(suspect(
                    Suspicion.DUPLICATE,
                    sample,
                    second,
                    3 * iou,
                    String.format(Locale.ROOT, "%s, IoU %.2f", names, iou)));
        }
    }

    private void odd(Sample sample, Annotation object) {
        Box box = object.box();
        double length = Math.max(box.width() / box.height(), box.height() / box.width());
        double ratio = box.area() / medians[object.label()];
        if (length >= LONG) {
            add(sample, object, Math.log(length), "%s, %.0f times as long as wide", length);
        } else if (ratio >= UNLIKE) {
            add(sample, object, Math.log(ratio), "%s, %.0f times as large as usual", ratio);
        } else if (ratio <= 1 / UNLIKE) {
            add(sample, object, -Math.log(ratio), "%s, 1/%.0f of the usual area", 1 / ratio);
        }
    }

    /** Long boxes happen; the logarithm keeps them below what a detector contradicts. */
    private void add(Sample sample, Annotation object, double unlikeliness, String words, double number) {
        suspects.add(suspect(
                Suspicion.ODD_BOX,
                sample,
                object,
                unlikeliness / 3,
                String.format(Locale.ROOT, words, name(object), number)));
    }

    private static Suspect suspect(Suspicion suspicion, Sample sample, Annotation object, double loss, String words) {
        return new Suspect(suspicion, sample, object.box(), object.label(), loss, words);
    }

    private String name(Annotation object) {
        return categories.get(object.label()).name();
    }
}
