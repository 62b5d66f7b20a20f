package dev.parfocal.detection.outcome;

import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Pair;
import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import dev.parfocal.detection.truth.CocoInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every detection with its kind of error, and the objects that were found. */
final class Errors {

    private static final double FOREGROUND = 0.5;
    private static final double BACKGROUND = 0.1;

    private final BoxTable table;
    private final BoxTable detections;
    private final long[] categories;
    private final int[] objects;
    private final Map<Long, List<Integer>> inImage = new HashMap<>();
    private final List<Judgement> judgements = new ArrayList<>();
    private final Map<Integer, Wrong> wrong = new HashMap<>();
    private final Set<Integer> found = new HashSet<>();

    /** An error, and the object that was meant, if one was. */
    private record Wrong(ErrorKind kind, @Nullable Integer target) {}

    /** An object and how well a detection overlaps with it. */
    private record Near(@Nullable Integer object, double iou) {}

    Errors(CocoInput input) {
        Boxes boxes = input.boxes();
        table = boxes.truth().objects();
        detections = boxes.detections();
        categories = boxes.truth().categoryIds();
        objects = new int[categories.length];
        for (int row = 0; row < table.size(); row++) {
            boolean isKnown =
                    label(row) >= 0 && Arrays.binarySearch(boxes.truth().images(), table.image(row)) >= 0;
            if (isKnown && !table.crowd(row)) {
                objects[label(row)]++;
                inImage.computeIfAbsent(table.image(row), unseen -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Pair> pairs = Matcher.pairs(input, FOREGROUND);
        for (Pair pair : pairs) {
            if (!pair.isIgnored()) {
                boolean isHit = pair.object().isPresent();
                double score = detections.value(pair.detection());
                judgements.add(new Judgement(pair.detection(), pair.image(), pair.label(), score, isHit));
                pair.object().ifPresent(found::add);
            }
        }
        judgements.stream().filter(each -> !each.isHit()).forEach(each -> wrong.put(each.row(), wrong(each)));
    }

    private Wrong wrong(Judgement of) {
        Near own = nearest(of, true);
        Near other = nearest(of, false);
        if (own.iou() >= BACKGROUND && own.iou() < FOREGROUND) {
            return new Wrong(ErrorKind.LOCALISATION, own.object());
        }
        if (other.iou() >= FOREGROUND) {
            return new Wrong(ErrorKind.CLASSIFICATION, other.object());
        }
        if (own.iou() >= FOREGROUND) {
            return new Wrong(ErrorKind.DUPLICATE, null);
        }
        return new Wrong(other.iou() < BACKGROUND ? ErrorKind.BACKGROUND : ErrorKind.BOTH, null);
    }

    private Near nearest(Judgement of, boolean ofSameClass) {
        Near nearest = new Near(null, 0);
        for (int object : inImage.getOrDefault(detections.image(of.row()), List.of())) {
            double iou = detections.iou(of.row(), table, object);
            if ((label(object) == of.label()) == ofSameClass && iou > nearest.iou()) {
                nearest = new Near(object, iou);
            }
        }
        return nearest;
    }

    /** All detections that are right or wrong. */
    List<Judgement> judgements() {
        return judgements;
    }

    /** The kind of a detection's error; null if it is right. */
    @Nullable
    ErrorKind kind(Judgement of) {
        Wrong error = wrong.get(of.row());
        return error == null ? null : error.kind();
    }

    /** The object that a detection of the wrong class or place was meant for. */
    int target(Judgement of) {
        Wrong error = wrong.get(of.row());
        if (error == null || error.target() == null) {
            throw new IllegalArgumentException("no object was meant by " + of);
        }
        return error.target();
    }

    /** The class of an object; negative if the truth does not list it. */
    int label(int object) {
        return Arrays.binarySearch(categories, table.category(object));
    }

    /** The objects that were found, to be added to. */
    Set<Integer> found() {
        return new HashSet<>(found);
    }

    /** How many objects there are to find, by label. */
    int[] objects() {
        return objects.clone();
    }

    /** How many objects of each class no detection of it found. */
    int[] notFound() {
        return without(found);
    }

    /** How many objects of each class were not even found with a wrong class or place. */
    int[] missed() {
        Set<Integer> covered = found();
        wrong.values().stream()
                .map(Wrong::target)
                .filter(target -> target != null)
                .forEach(covered::add);
        return without(covered);
    }

    private int[] without(Set<Integer> seen) {
        int[] counts = new int[objects.length];
        inImage.values()
                .forEach(
                        rows -> rows.stream().filter(row -> !seen.contains(row)).forEach(row -> counts[label(row)]++));
        return counts;
    }

    /** How many errors of a kind there are. */
    int count(ErrorKind kind) {
        return switch (kind) {
            case MISSED -> Arrays.stream(missed()).sum();
            case FALSE_NEGATIVE -> Arrays.stream(notFound()).sum();
            case FALSE_POSITIVE -> wrong.size();
            default ->
                (int) wrong.values().stream()
                        .filter(error -> error.kind() == kind)
                        .count();
        };
    }
}
