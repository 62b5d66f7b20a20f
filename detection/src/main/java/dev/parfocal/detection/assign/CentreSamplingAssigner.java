package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Centre sampling with a range of sizes for every level: Tian, Shen, Chen, He: FCOS: Fully Convolutional One-Stage Object
 * Detection, ICCV 2019, arXiv 1904.01355, with the centre sampling of its journal version, arXiv 2006.09214; in all its
 * details as torchvision's {@code FCOS}.
 *
 * <p>A prior learns an object when its centre lies strictly inside the object's box, less than {@code radius} prior widths
 * from the object's centre along both axes, and its largest distance to a side lies strictly between {@code least} and {@code
 * most} prior widths; on the first level there is no least, on the last no most. Of several such objects it learns the
 * smallest.
 *
 * <p>Everything is computed in float32, operation by operation as in torchvision. Areas are compared there as 1e8 - area, so
 * that they count as equal within 8 square pixels; of equals the object that comes first in the list is learnt, and only there
 * does the order of the objects count. An object of 1e8 square pixels or more is not learnt.
 *
 * @param radius in widths of the prior, that is in strides; positive
 * @param least the smallest reach of a level in widths of its priors; at least 0
 * @param most the largest; above {@code least}
 */
public record CentreSamplingAssigner(double radius, double least, double most) implements Assigner {

    private static final float HUGE = 1e8f;
    private static final float NOTHING = 1e-5f;

    public CentreSamplingAssigner {
        if (!(radius > 0) || !(least >= 0) || !(most > least)) {
            throw new ParfocalException(
                    "centre sampling needs a positive radius, and a least reach of 0 or more below the"
                            + " largest, not " + radius + ", " + least + " and " + most);
        }
    }

    /** As torchvision's FCOS: radius 1.5; levels reach from 4 to 8 widths, so 64 to 128 pixels at stride 16. */
    public static CentreSamplingAssigner fcos() {
        return new CentreSamplingAssigner(1.5, 4, 8);
    }

    @Override
    public boolean needsPredictions() {
        return false;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case CELLS, ANCHORS -> Optional.empty();
            case PROPOSALS, QUERIES ->
                Optional.of("centre sampling gives every pyramid level its range of sizes, and " + kind.words()
                        + " belong to no level");
        };
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        int[] owner = new int[priors.size()];
        Arrays.fill(owner, Assignment.BACKGROUND);
        float[] best = new float[priors.size()];
        Arrays.fill(best, NOTHING);
        for (int object = 0; object < objects.size(); object++) {
            if (Targets.isLearnt(objects.get(object))) {
                for (int level = 0; level < priors.levels(); level++) {
                    claim(
                            priors,
                            level,
                            Candidate.of(object, objects.get(object).box()),
                            best,
                            owner);
                }
            }
        }
        return Assignment.of(owner, objects).ignoringCrowds(priors, objects);
    }

    private void claim(Priors priors, int level, Candidate object, float[] best, int[] owner) {
        boolean first = level == 0;
        boolean last = level == priors.levels() - 1;
        for (int prior = priors.levelStart()[level]; prior < priors.levelStart()[level + 1]; prior++) {
            float x = priors.x(prior);
            float y = priors.y(prior);
            if (object.smallness > best[prior] && object.contains(x, y)) {
                float width = priors.width(prior);
                float reach = object.reach(x, y);
                boolean suits = object.offCentre(x, y) < (float) radius * width
                        && reach > (first ? 0 : (float) least * width)
                        && (last || reach < (float) most * width);
                if (suits) {
                    best[prior] = object.smallness;
                    owner[prior] = object.number;
                }
            }
        }
    }

    private record Candidate(int number, float x1, float y1, float x2, float y2, float smallness) {

        static Candidate of(int number, Box box) {
            float x1 = (float) box.x1();
            float y1 = (float) box.y1();
            float x2 = (float) box.x2();
            float y2 = (float) box.y2();
            return new Candidate(number, x1, y1, x2, y2, HUGE - (x2 - x1) * (y2 - y1));
        }

        boolean contains(float x, float y) {
            return x - x1 > 0 && y - y1 > 0 && x2 - x > 0 && y2 - y > 0;
        }

        float reach(float x, float y) {
            return Math.max(Math.max(x - x1, y - y1), Math.max(x2 - x, y2 - y));
        }

        float offCentre(float x, float y) {
            return Math.max(Math.abs(x - (x1 + x2) / 2), Math.abs(y - (y1 + y2) / 2));
        }
    }
}
