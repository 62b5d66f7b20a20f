package dev.parfocal.detection.assign;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The objects of one image. {@code learnt} are the indices of those that can own priors, smallest first: an order that
 * depends on the objects alone, so that permuting them permutes the assignment.
 */
record Targets(List<Annotation> objects, Box[] box, int[] learnt, int[] rank) {

    private static final Comparator<Annotation> ORDER = Comparator.<Annotation>comparingDouble(
                    object -> object.box().area())
            .thenComparingDouble(object -> object.box().x1())
            .thenComparingDouble(object -> object.box().y1())
            .thenComparingDouble(object -> object.box().x2())
            .thenComparingInt(Annotation::label);

    static Targets of(List<Annotation> objects) {
        Box[] box = objects.stream().map(Annotation::box).toArray(Box[]::new);
        int[] learnt = IntStream.range(0, box.length)
                .filter(object -> isLearnt(objects.get(object)))
                .boxed()
                .sorted(Comparator.comparing(objects::get, ORDER))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rank = new int[box.length];
        for (int i = 0; i < learnt.length; i++) {
            rank[learnt[i]] = i;
        }
        return new Targets(objects, box, learnt, rank);
    }

    /** Whether an object can own priors: no crowd, and its box has a positive, finite area. */
    static boolean isLearnt(Annotation object) {
        return !object.crowd() && !object.box().isEmpty() && object.box().isFinite();
    }

    int label(int object) {
        return objects.get(object).label();
    }

    double centreX(int object) {
        return box[object].centerX();
    }

    double centreY(int object) {
        return box[object].centerY();
    }

    /** Whether the prior's centre lies strictly inside the object. */
    boolean contains(int object, Priors priors, int anchor) {
        return contains(box[object], priors, anchor);
    }

    /** Whether the prior's centre lies strictly inside a box. */
    static boolean contains(Box box, Priors priors, int prior) {
        float x = priors.x(prior);
        float y = priors.y(prior);
        return x > box.x1() && x < box.x2() && y > box.y1() && y < box.y2();
    }

    double squaredDistance(int object, Priors priors, int anchor) {
        double dx = priors.x(anchor) - centreX(object);
        double dy = priors.y(anchor) - centreY(object);
        return dx * dx + dy * dy;
    }

    /** Intersection over union; 0 where the other box is empty, reversed or not a number. */
    double iou(int object, double x1, double y1, double x2, double y2) {
        Box b = box[object];
        double width = Math.min(b.x2(), x2) - Math.max(b.x1(), x1);
        double height = Math.min(b.y2(), y2) - Math.max(b.y1(), y1);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double both = width * height;
        return both / (b.area() + (x2 - x1) * (y2 - y1) - both);
    }
}
