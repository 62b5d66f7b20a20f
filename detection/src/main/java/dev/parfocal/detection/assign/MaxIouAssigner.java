package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every prior learns the object that its box overlaps most, if it does so enough: Ren, He, Girshick, Sun: Faster R-CNN, NeurIPS
 * 2015, section 3.1.2, arXiv 1506.01497; in all its details as torchvision's {@code Matcher}.
 *
 * <p>A prior whose highest IoU is at least {@code foreground} learns that object; below {@code background} it is background;
 * between the two it is ignored. With {@code lowQuality} the priors that no other surpasses in overlap with some object, all of
 * them in a tie, learn the object that they themselves overlap most, however little. Equals go to the object that comes first
 * in the list, as in torchvision; only there does the order of the objects count.
 *
 * <p>Overlaps are computed in float32, operation by operation as torchvision's {@code box_iou}, and compared with the
 * thresholds in float32, so that rounding decides as it does there. Other than in torchvision an object that overlaps no prior
 * at all owns none: there, with low-quality matches, it turns every prior without overlap into a positive.
 *
 * @param foreground the least IoU of a positive, in (0, 1]
 * @param background priors of a smaller IoU are background, in (0, foreground]
 * @param lowQuality whether every object gets its best priors
 */
public record MaxIouAssigner(double foreground, double background, boolean lowQuality) implements Assigner {

    public MaxIouAssigner {
        if (!(foreground > 0 && foreground <= 1) || !(background > 0 && background <= foreground)) {
            throw new ParfocalException(
                    "max-IoU assignment needs a foreground IoU in (0, 1] and a background IoU above 0 and up to that, not "
                            + foreground + " and " + background);
        }
    }

    /** RetinaNet's: positive from 0.5 on, background below 0.4. */
    public static MaxIouAssigner retinanet() {
        return new MaxIouAssigner(0.5, 0.4, true);
    }

    /** Of a region proposal network: positive from 0.7 on, background below 0.3. */
    public static MaxIouAssigner rpn() {
        return new MaxIouAssigner(0.7, 0.3, true);
    }

    /** Of a RoI head: positive from 0.5 on, everything else background. */
    public static MaxIouAssigner roi() {
        return new MaxIouAssigner(0.5, 0.5, false);
    }

    @Override
    public boolean needsPredictions() {
        return false;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case ANCHORS, PROPOSALS -> Optional.empty();
            case CELLS ->
                Optional.of(
                        "max-IoU assignment needs boxes about as large as objects, and a cell is only one stride wide;"
                                + " use anchors, or another assigner");
            case QUERIES ->
                Optional.of("max-IoU assignment gives an object several priors, and nothing removes the duplicates of"
                        + " queries; use hungarian");
        };
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        Overlaps overlaps = new Overlaps(priors);
        for (int object = 0; object < objects.size(); object++) {
            if (Targets.isLearnt(objects.get(object))) {
                overlaps.add(object, objects.get(object).box());
            }
        }
        int[] owner = new int[priors.size()];
        for (int prior = 0; prior < owner.length; prior++) {
            float iou = overlaps.best[prior];
            if (iou < (float) background || overlaps.object[prior] < 0) {
                owner[prior] = Assignment.BACKGROUND;
            } else {
                owner[prior] = iou < (float) foreground ? Assignment.IGNORE : overlaps.object[prior];
            }
        }
        if (lowQuality) {
            for (int i = 0; i < overlaps.leaders; i++) {
                int prior = overlaps.leader[i];
                owner[prior] = overlaps.object[prior];
            }
        }
        return Assignment.of(owner, objects).ignoringCrowds(priors, objects);
    }

    /** The best overlap of every prior, and the priors that lead in overlap with some object. */
    private static final class Overlaps {

        private final float[] boxes;
        private final float[] best;
        private final int[] object;
        private int[] leader = new int[64];
        private int leaders;

        Overlaps(Priors priors) {
            boxes = priors.box();
            best = new float[priors.size()];
            object = new int[priors.size()];
            Arrays.fill(object, -1);
        }

        void add(int number, Box box) {
            float x1 = (float) box.x1();
            float y1 = (float) box.y1();
            float x2 = (float) box.x2();
            float y2 = (float) box.y2();
            float area = (x2 - x1) * (y2 - y1);
            float most = Float.MIN_VALUE;
            int first = leaders;
            for (int prior = 0, at = 0; prior < best.length; prior++, at += 4) {
                // Most priors are far away: one or two comparisons tell.
                if (boxes[at] < x2 && boxes[at + 2] > x1 && boxes[at + 1] < y2 && boxes[at + 3] > y1) {
                    float width = Math.min(boxes[at + 2], x2) - Math.max(boxes[at], x1);
                    float height = Math.min(boxes[at + 3], y2) - Math.max(boxes[at + 1], y1);
                    float both = Math.max(width, 0) * Math.max(height, 0);
                    float own = (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
                    float iou = both / (area + own - both);
                    if (iou > best[prior]) {
                        best[prior] = iou;
                        object[prior] = number;
                    }
                    if (iou > most) {
                        most = iou;
                        leaders = first;
                    }
                    if (iou == most) {
                        lead(prior);
                    }
                }
            }
        }

        private void lead(int prior) {
            if (leaders == leader.length) {
                leader = Arrays.copyOf(leader, 2 * leaders);
            }
            leader[leaders++] = prior;
        }
    }
}
