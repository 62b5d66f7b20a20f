package dev.parfocal.detection.assign;

/** The priors of the highest metric that one object has seen; equals go to the nearer, then to the earlier prior. */
final class BestPriors {

    private final int[] prior;
    private final double[] metric;
    private final double[] iou;
    private final double[] distance;
    private int count;

    BestPriors(int capacity) {
        prior = new int[capacity];
        metric = new double[capacity];
        iou = new double[capacity];
        distance = new double[capacity];
    }

    void clear() {
        count = 0;
    }

    void offer(int anchor, double anchorMetric, double anchorIou, double anchorDistance) {
        if (count == prior.length && !isBetter(anchorMetric, anchorDistance, count - 1)) {
            return;
        }
        int place = count < prior.length ? count++ : count - 1;
        for (; place > 0 && isBetter(anchorMetric, anchorDistance, place - 1); place--) {
            prior[place] = prior[place - 1];
            metric[place] = metric[place - 1];
            iou[place] = iou[place - 1];
            distance[place] = distance[place - 1];
        }
        prior[place] = anchor;
        metric[place] = anchorMetric;
        iou[place] = anchorIou;
        distance[place] = anchorDistance;
    }

    private boolean isBetter(double otherMetric, double otherDistance, int place) {
        return otherMetric > metric[place] || (otherMetric == metric[place] && otherDistance < distance[place]);
    }

    void claim(Claims claims, int object) {
        for (int i = 0; i < count; i++) {
            claims.claim(prior[i], object, iou[i], metric[i]);
        }
    }
}
