package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive training sample selection: Zhang, Chi, Yao, Lei, Li: Bridging the Gap Between Anchor-based and Anchor-free
 * Detection via Adaptive Training Sample Selection, CVPR 2020, algorithm 1. arXiv 1912.02424.
 *
 * <p>An object's candidates are the {@code perLevel} priors of every level whose centres are nearest to its own. Each stands
 * for an anchor box: a square of {@code scale * stride} pixels, or itself. Candidates whose anchor box overlaps the object with an IoU of at
 * least mean + standard deviation (of a sample, divisor n - 1) over all its candidates, and whose centre lies strictly
 * inside the object, are positive. A prior wanted by several objects goes to the one of the highest IoU; among equals to
 * the smaller object.
 *
 * @param perLevel candidates per level, the paper's k; at least 1
 * @param scale side of the anchor box in strides, positive; null: the priors are anchor boxes themselves
 * @param minIou candidates of a smaller IoU are not positive whatever the mean, in [0, 1]; 0 as in the paper
 * @param everyObject whether an object left without a prior still gets the nearest one on the level whose anchor box is
 *     closest to its size, if that prior is free or its owner keeps another
 */
public record AtssAssigner(int perLevel, @Nullable Double scale, double minIou, boolean everyObject)
        implements Assigner {

    public AtssAssigner {
        if (perLevel < 1 || (scale != null && !(scale > 0)) || !(minIou >= 0 && minIou <= 1)) {
            throw new ParfocalException(
                    "ATSS needs at least 1 candidate per level, a positive anchor scale and a minIou in"
                            + " [0, 1], not " + perLevel + ", " + scale + " and " + minIou);
        }
    }

    /** No threshold but the paper's. */
    public AtssAssigner(int perLevel, @Nullable Double scale, boolean everyObject) {
        this(perLevel, scale, 0, everyObject);
    }

    /** As in the paper: 9 candidates per level, anchors of 8 strides; every object gets a prior. */
    public static AtssAssigner standard() {
        return new AtssAssigner(9, 8.0, true);
    }

    @Override
    public boolean needsPredictions() {
        return false;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case ANCHORS -> Optional.empty();
            case CELLS ->
                scale != null
                        ? Optional.empty()
                        : Optional.of("a cell is too small to overlap objects well; give ATSS a scale, such as 8");
            case PROPOSALS, QUERIES ->
                Optional.of("ATSS takes the nearest priors of every pyramid level, and " + kind.words()
                        + " belong to no level");
        };
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        Targets targets = Targets.of(objects);
        Affinity overlaps = overlaps(priors, targets);
        Claims claims = new Claims(priors, targets, overlaps);
        Nearest nearest = new Nearest(priors, perLevel);
        double[] iou = new double[perLevel * priors.levels()];
        for (int object : targets.learnt()) {
            int candidates = nearest.find(targets.centreX(object), targets.centreY(object));
            for (int i = 0; i < candidates; i++) {
                iou[i] = overlaps.iou(nearest.prior(i), object);
            }
            double threshold = Math.max(minIou, threshold(iou, candidates));
            for (int i = 0; i < candidates; i++) {
                if (iou[i] >= threshold && targets.contains(object, priors, nearest.prior(i))) {
                    claims.claim(nearest.prior(i), object, iou[i], 1);
                }
            }
        }
        if (everyObject) {
            claims.serveEveryObject();
        }
        return claims.assignment();
    }

    private static double threshold(double[] iou, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += iou[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (iou[i] - mean) * (iou[i] - mean);
        }
        return count < 2 ? mean : mean + Math.sqrt(squares / (count - 1));
    }

    private Affinity overlaps(Priors priors, Targets targets) {
        return scale == null ? new Overlaps(priors, targets) : new SquareOverlaps(priors, targets, scale);
    }

    /** The overlap of an object with the prior's own box. */
    private record Overlaps(Priors priors, Targets targets) implements Affinity {

        @Override
        public double iou(int anchor, int object) {
            float[] box = priors.box();
            int at = 4 * anchor;
            return targets.iou(object, box[at], box[at + 1], box[at + 2], box[at + 3]);
        }

        @Override
        public double metric(int anchor, int object, double iou) {
            return 1;
        }

        @Override
        public double size(int anchor) {
            return Math.sqrt((double) priors.width(anchor) * priors.height(anchor));
        }
    }

    /** The overlap of an object with a square around the prior's centre. */
    private record SquareOverlaps(Priors priors, Targets targets, double scale) implements Affinity {

        @Override
        public double iou(int anchor, int object) {
            double half = size(anchor) / 2;
            double x = priors.x(anchor);
            double y = priors.y(anchor);
            return targets.iou(object, x - half, y - half, x + half, y + half);
        }

        @Override
        public double metric(int anchor, int object, double iou) {
            return 1;
        }

        @Override
        public double size(int anchor) {
            return scale * priors.stride()[anchor];
        }
    }
}
