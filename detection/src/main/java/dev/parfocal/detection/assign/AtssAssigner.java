package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * Adaptive training sample selection: Zhang, Chi, Yao, Lei, Li: Bridging the Gap Between Anchor-based and Anchor-free
 * Detection via Adaptive Training Sample Selection, CVPR 2020, algorithm 1. arXiv 1912.02424.
 *
 * <p>An object's candidates are the {@code perLevel} points of every level that are nearest to its centre. Each carries a
 * square anchor box of {@code scale * stride} pixels. Candidates whose anchor box overlaps the object with an IoU of at
 * least mean + standard deviation (of a sample, divisor n - 1) over all its candidates, and whose point lies strictly
 * inside the object, are positive. A point wanted by several objects goes to the one of the highest IoU; among equals to
 * the smaller object.
 *
 * @param perLevel candidates per level, the paper's k; at least 1
 * @param scale side of the anchor box in strides; positive
 * @param minIou candidates of a smaller IoU are not positive whatever the mean, in [0, 1]; 0 as in the paper
 * @param everyObject whether an object left without a point still gets the nearest one on the level whose anchor box is
 *     closest to its size, if that point is free or its owner keeps another
 */
public record AtssAssigner(int perLevel, double scale, double minIou, boolean everyObject) implements Assigner {

    public AtssAssigner {
        if (perLevel < 1 || !(scale > 0) || !(minIou >= 0 && minIou <= 1)) {
            throw new ParfocalException(
                    "ATSS needs at least 1 candidate per level, a positive anchor scale and a minIou in"
                            + " [0, 1], not " + perLevel + ", " + scale + " and " + minIou);
        }
    }

    /** No threshold but the paper's. */
    public AtssAssigner(int perLevel, double scale, boolean everyObject) {
        this(perLevel, scale, 0, everyObject);
    }

    /** As in the paper: 9 candidates per level, anchors of 8 strides; every object gets a point. */
    public static AtssAssigner standard() {
        return new AtssAssigner(9, 8, true);
    }

    @Override
    public boolean needsPredictions() {
        return false;
    }

    @Override
    public Assignment assign(AnchorPoints points, List<Annotation> objects, Predictions predictions) {
        Targets targets = Targets.of(objects);
        AnchorSquares squares = new AnchorSquares(points, targets, scale);
        Claims claims = new Claims(points, targets, squares);
        Nearest nearest = new Nearest(points, perLevel);
        double[] iou = new double[perLevel * points.levels()];
        for (int object : targets.learnt()) {
            int candidates = nearest.find(targets.centreX(object), targets.centreY(object));
            for (int i = 0; i < candidates; i++) {
                iou[i] = squares.iou(nearest.point(i), object);
            }
            double threshold = Math.max(minIou, threshold(iou, candidates));
            for (int i = 0; i < candidates; i++) {
                if (iou[i] >= threshold && targets.contains(object, points, nearest.point(i))) {
                    claims.claim(nearest.point(i), object, iou[i], 1);
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

    /** The overlap of an object with the square anchor box around a point. */
    private record AnchorSquares(AnchorPoints points, Targets targets, double scale) implements Affinity {

        @Override
        public double iou(int anchor, int object) {
            double half = scale * points.stride()[anchor] / 2;
            double x = points.x()[anchor];
            double y = points.y()[anchor];
            return targets.iou(object, x - half, y - half, x + half, y + half);
        }

        @Override
        public double metric(int anchor, int object, double iou) {
            return 1;
        }
    }
}
