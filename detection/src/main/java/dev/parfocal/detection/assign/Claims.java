package dev.parfocal.detection.assign;

import java.util.Arrays;

/** Who owns each prior while the objects of an image claim them. */
final class Claims {

    private final Priors priors;
    private final Targets targets;
    private final Affinity affinity;
    private final int[] owner;
    private final double[] iou;
    private final double[] metric;

    Claims(Priors priors, Targets targets, Affinity affinity) {
        this.priors = priors;
        this.targets = targets;
        this.affinity = affinity;
        this.owner = new int[priors.size()];
        this.iou = new double[priors.size()];
        this.metric = new double[priors.size()];
        Arrays.fill(owner, Assignment.BACKGROUND);
    }

    /** Gives a prior to an object unless it has an owner of higher IoU, or of the same IoU and smaller. */
    void claim(int anchor, int object, double objectIou, double objectMetric) {
        int holder = owner[anchor];
        boolean wins = holder < 0
                || objectIou > iou[anchor]
                || (objectIou == iou[anchor] && targets.rank()[object] < targets.rank()[holder]);
        if (wins) {
            give(anchor, object, objectIou, objectMetric);
        }
    }

    private void give(int anchor, int object, double objectIou, double objectMetric) {
        owner[anchor] = object;
        iou[anchor] = objectIou;
        metric[anchor] = objectMetric;
    }

    /** Gives every object that owns nothing the nearest prior that its owner, if any, can spare. */
    void serveEveryObject() {
        int[] owned = new int[targets.rank().length];
        for (int object : owner) {
            if (object >= 0) {
                owned[object]++;
            }
        }
        for (int object : targets.learnt()) {
            int anchor = owned[object] > 0 ? -1 : nearestToSpare(object, owned);
            if (anchor >= 0) {
                if (owner[anchor] >= 0) {
                    owned[owner[anchor]]--;
                }
                owned[object]++;
                double overlap = affinity.iou(anchor, object);
                give(anchor, object, overlap, affinity.metric(anchor, object, overlap));
            }
        }
    }

    private int nearestToSpare(int object, int[] owned) {
        int level = levelFor(object);
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int at = priors.levelStart()[level]; at < priors.levelStart()[level + 1]; at++) {
            double squared = targets.squaredDistance(object, priors, at);
            if (squared < least && (owner[at] < 0 || owned[owner[at]] > 1)) {
                least = squared;
                nearest = at;
            }
        }
        return nearest;
    }

    /** The level whose customary size of objects is closest to the object's. */
    private int levelFor(int object) {
        double size = Math.sqrt(targets.box()[object].area());
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int level = 0; level < priors.levels(); level++) {
            int start = priors.levelStart()[level];
            if (start < priors.levelStart()[level + 1]) {
                double distance = Math.abs(Math.log(size / affinity.size(start)));
                if (distance < least) {
                    least = distance;
                    best = level;
                }
            }
        }
        return best;
    }

    /** Scales every object's metric so that its best prior gets the highest IoU among its priors. */
    void normalise() {
        double[] bestMetric = new double[targets.rank().length];
        double[] bestIou = new double[targets.rank().length];
        for (int at = 0; at < owner.length; at++) {
            if (owner[at] >= 0) {
                bestMetric[owner[at]] = Math.max(bestMetric[owner[at]], metric[at]);
                bestIou[owner[at]] = Math.max(bestIou[owner[at]], iou[at]);
            }
        }
        for (int at = 0; at < owner.length; at++) {
            if (owner[at] >= 0 && bestMetric[owner[at]] > 0) {
                metric[at] = metric[at] / bestMetric[owner[at]] * bestIou[owner[at]];
            }
        }
    }

    Assignment assignment() {
        float[] alignment = new float[owner.length];
        for (int at = 0; at < alignment.length; at++) {
            alignment[at] = (float) metric[at];
        }
        return Assignment.of(owner, targets.objects(), alignment).ignoringCrowds(priors, targets.objects());
    }
}
