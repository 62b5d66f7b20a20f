package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One prediction for every object, all other predictions background, at the least total cost: Carion, Massa, Synnaeve, Usunier,
 * Kirillov, Zagoruyko: End-to-End Object Detection with Transformers, ECCV 2020, section 3.1, arXiv 2005.12872.
 *
 * <p>Queries have no place of their own: those are ignored that are background and whose predicted boxes have their centres in
 * a crowd.
 *
 * @param costs whose sum a match costs; at least one
 */
public record HungarianAssigner(List<Cost> costs) implements Assigner {

    /** Copies the list. */
    public HungarianAssigner {
        if (costs.isEmpty()) {
            throw new ParfocalException("the Hungarian assigner needs a cost or more, such as focal, l1 and giou");
        }
        costs = List.copyOf(costs);
    }

    /**
     * As RT-DETR, arXiv 2304.08069: focal loss (alpha 0.25, gamma 2) with weight 2, L1 with 5, GIoU with 2.
     *
     * @param width of the detector's input in pixels
     * @param height of the detector's input in pixels
     */
    public static HungarianAssigner rtDetr(int width, int height) {
        return new HungarianAssigner(List.of(
                Cost.of(Catalogue.get("focal").with("alpha", 0.25).with("gamma", 2), 2),
                new DistanceCost(5, width, height),
                Cost.of(Catalogue.get("giou"), 2)));
    }

    @Override
    public boolean needsPredictions() {
        return true;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case QUERIES -> Optional.empty();
            case CELLS, ANCHORS ->
                Optional.of("Hungarian matching makes background of all predictions but one for each object, and the "
                        + kind.words() + " around that one see the same object; use task_aligned or atss");
            case PROPOSALS ->
                Optional.of("Hungarian matching makes background of all predictions but one for each object, also of"
                        + " proposals that cover the object just as well; use max_iou");
        };
    }

    /**
     * Matches every object that can be learnt.
     *
     * @throws ParfocalException if there are more objects than predictions, or a cost is not a finite number
     */
    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        int[] learnt = Assigner.learnt(objects);
        int size = priors.size();
        if (learnt.length > size) {
            throw new ParfocalException("an image has " + learnt.length + " objects, but the detector has only " + size
                    + " queries, and each can learn one object; give it more queries");
        }
        double[][] cost = new double[learnt.length][size];
        List<Annotation> matched = IntStream.of(learnt).mapToObj(objects::get).toList();
        costs.forEach(each -> each.add(predictions, matched, cost));
        requireFinite(cost, matched, predictions);
        int[] query = LinearAssignment.columns(cost);
        int[] owner = new int[size];
        Arrays.fill(owner, Assignment.BACKGROUND);
        for (int i = 0; i < query.length; i++) {
            owner[query[i]] = learnt[i];
        }
        Assignment assignment = Assignment.of(owner, objects);
        boolean crowds = objects.stream().anyMatch(Annotation::crowd);
        return crowds ? assignment.ignoringCrowds(Priors.boxes(boxes(predictions, size)), objects) : assignment;
    }

    private static float[] boxes(Predictions predictions, int size) {
        float[] boxes = new float[4 * size];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = (float) predictions.side(i / 4, i % 4);
        }
        return boxes;
    }

    private static void requireFinite(double[][] cost, List<Annotation> objects, Predictions predictions) {
        for (int object = 0; object < cost.length; object++) {
            for (int query = 0; query < cost[object].length; query++) {
                if (!Double.isFinite(cost[object][query])) {
                    int label = objects.get(object).label();
                    throw new ParfocalException("no matching: query " + query + " with an object of class " + label
                            + " costs " + cost[object][query] + "; the query predicts the logit "
                            + predictions.logit(query, label) + " there and the box from x "
                            + predictions.side(query, 0)
                            + ", y " + predictions.side(query, 1) + " to x " + predictions.side(query, 2) + ", y "
                            + predictions.side(query, 3));
                }
            }
        }
    }
}
