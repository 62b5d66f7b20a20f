package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * Task-aligned assignment: Feng, Zhong, Gao, Scott, Huang: TOOD: Task-aligned One-stage Object Detection, ICCV 2021,
 * section 3.2. arXiv 2108.07755.
 *
 * <p>The alignment of a prior with an object is {@code t = s^alpha * u^beta}, where s is the score of the object's class
 * and u the IoU of the predicted box with the object. Of the priors with their centres strictly inside an object, the {@code topK} of the
 * highest alignment are positive; equals go to the prior nearer to the object's centre. A prior wanted by several objects
 * goes to the one of the highest IoU; among equals to the smaller object. The alignment is normalised per object:
 * {@code t / max t * max u} over its priors.
 *
 * @param topK priors per object; at least 1
 * @param alpha exponent of the score; at least 0
 * @param beta exponent of the IoU; at least 0
 * @param minIou priors whose predicted box has a smaller IoU with the object are not positive, in [0, 1]; 0 as in the paper
 * @param everyObject whether an object left without a prior still gets the nearest one on the level whose 8-stride square
 *     is closest to its size, if that prior is free or its owner keeps another
 */
public record TaskAlignedAssigner(int topK, double alpha, double beta, double minIou, boolean everyObject)
        implements Assigner {

    public TaskAlignedAssigner {
        if (topK < 1 || !(alpha >= 0) || !(beta >= 0) || !(minIou >= 0 && minIou <= 1)) {
            throw new ParfocalException(
                    "task-aligned assignment needs topK of at least 1, exponents of at least 0 and a minIou in [0, 1], not "
                            + topK + ", " + alpha + ", " + beta + " and " + minIou);
        }
    }

    /** Whatever the IoU, as in the paper. */
    public TaskAlignedAssigner(int topK, double alpha, double beta, boolean everyObject) {
        this(topK, alpha, beta, 0, everyObject);
    }

    /** As in the paper: 13 priors per object, alpha 1, beta 6; every object gets a prior. */
    public static TaskAlignedAssigner standard() {
        return new TaskAlignedAssigner(13, 1, 6, true);
    }

    @Override
    public boolean needsPredictions() {
        return true;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case CELLS, ANCHORS -> Optional.empty();
            case PROPOSALS ->
                Optional.of("task-aligned assignment takes the best " + topK
                        + " priors inside every object, and an image may have fewer proposals there; use max_iou");
            case QUERIES ->
                Optional.of("task-aligned assignment gives an object several priors, and nothing removes the duplicates"
                        + " of queries; use hungarian");
        };
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        Targets targets = Targets.of(objects);
        Alignment alignment = new Alignment(priors, predictions, targets, alpha, beta);
        Claims claims = new Claims(priors, targets, alignment);
        BestPriors best = new BestPriors(topK);
        for (int object : targets.learnt()) {
            best.clear();
            for (int anchor = 0; anchor < priors.size(); anchor++) {
                if (targets.contains(object, priors, anchor)) {
                    offer(anchor, object, priors, targets, alignment, best);
                }
            }
            best.claim(claims, object);
        }
        if (everyObject) {
            claims.serveEveryObject();
        }
        claims.normalise();
        return claims.assignment();
    }

    private void offer(int anchor, int object, Priors priors, Targets targets, Alignment alignment, BestPriors best) {
        double iou = alignment.iou(anchor, object);
        if (iou >= minIou) {
            double distance = targets.squaredDistance(object, priors, anchor);
            best.offer(anchor, alignment.metric(anchor, object, iou), iou, distance);
        }
    }

    /** The alignment of a prediction with an object; a score or box that is not a number aligns with nothing. */
    private record Alignment(Priors priors, Predictions predictions, Targets targets, double alpha, double beta)
            implements Affinity {

        @Override
        public double iou(int anchor, int object) {
            return targets.iou(
                    object,
                    predictions.side(anchor, 0),
                    predictions.side(anchor, 1),
                    predictions.side(anchor, 2),
                    predictions.side(anchor, 3));
        }

        @Override
        public double metric(int anchor, int object, double iou) {
            double score = predictions.score(anchor, targets.label(object));
            return score > 0 ? power(score, alpha) * power(iou, beta) : power(0, alpha) * power(iou, beta);
        }

        @Override
        public double size(int anchor) {
            return 8 * priors.stride()[anchor];
        }

        private static double power(double base, double exponent) {
            if (exponent == 1) {
                return base;
            }
            if (exponent == 6) {
                double cube = base * base * base;
                return cube * cube;
            }
            return exponent == 0.5 ? Math.sqrt(base) : Math.pow(base, exponent);
        }
    }
}
