package dev.parfocal.detection.match;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;

/**
 * Every object takes its cheapest priors, and as many as the sum of its highest IoUs says.
 *
 * @param cost {@code [objects, chosen priors]}
 * @param iou {@code [objects, chosen priors]} of predicted boxes
 */
record DynamicK(double[][] cost, double[][] iou) {

    DynamicK(int objects, int priors) {
        this(new double[objects][priors], new double[objects][priors]);
    }

    /**
     * The assignment.
     *
     * @param candidates how many IoUs are summed
     * @param chosen {@code [chosen priors]} which of the priors these are
     * @param learnt {@code [objects]} which of all objects these are
     */
    Assignment assignment(int candidates, int[] chosen, int[] learnt, Priors priors, List<Annotation> all) {
        int[] takers = new int[chosen.length];
        int[] taker = new int[chosen.length];
        for (int object = 0; object < cost.length; object++) {
            for (int prior : cheapest(cost[object], wanted(iou[object], candidates))) {
                takers[prior]++;
                taker[prior] = object;
            }
        }
        int[] owner = new int[priors.size()];
        Arrays.fill(owner, Assignment.BACKGROUND);
        float[] alignment = new float[priors.size()];
        for (int i = 0; i < chosen.length; i++) {
            if (takers[i] > 0) {
                int object = takers[i] == 1 ? taker[i] : cheapestObject(i);
                owner[chosen[i]] = learnt[object];
                alignment[chosen[i]] = (float) iou[object][i];
            }
        }
        return Assignment.of(owner, all, alignment).ignoringCrowds(priors, all);
    }

    private static int wanted(double[] iou, int candidates) {
        double[] most = new double[Math.min(candidates, iou.length)];
        for (double each : iou) {
            for (int place = 0; place < most.length && each > 0; place++) {
                if (each > most[place]) {
                    double next = most[place];
                    most[place] = each;
                    each = next;
                }
            }
        }
        double sum = Arrays.stream(most).sum();
        return Math.min(iou.length, Math.max(1, (int) sum));
    }

    /** The priors of the least cost, cheapest first; of equals the first. */
    private static int[] cheapest(double[] cost, int count) {
        int[] cheapest = new int[count];
        int found = 0;
        for (int prior = 0; prior < cost.length; prior++) {
            if (found < count || cost[prior] < cost[cheapest[found - 1]]) {
                int place = found < count ? found++ : found - 1;
                for (; place > 0 && cost[prior] < cost[cheapest[place - 1]]; place--) {
                    cheapest[place] = cheapest[place - 1];
                }
                cheapest[place] = prior;
            }
        }
        return cheapest;
    }

    private int cheapestObject(int prior) {
        int cheapest = 0;
        for (int object = 1; object < cost.length; object++) {
            if (cost[object][prior] < cost[cheapest][prior]) {
                cheapest = object;
            }
        }
        return cheapest;
    }
}
