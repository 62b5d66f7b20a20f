package dev.parfocal.detection.assign;

import java.util.Arrays;

/** The few priors of every level that are nearest to a place; equal distances go to the earlier prior. */
final class Nearest {

    private final Priors priors;
    private final int perLevel;
    private final int[] found;
    private final double[] distance;

    Nearest(Priors priors, int perLevel) {
        this.priors = priors;
        this.perLevel = perLevel;
        this.found = new int[perLevel * priors.levels()];
        this.distance = new double[perLevel];
    }

    /** Finds the priors nearest to a place, level by level, nearest first; answers how many. */
    int find(double x, double y) {
        int count = 0;
        for (int level = 0; level < priors.levels(); level++) {
            count += findOnLevel(level, x, y, count);
        }
        return count;
    }

    int prior(int index) {
        return found[index];
    }

    private int findOnLevel(int level, double x, double y, int offset) {
        int end = priors.levelStart()[level + 1];
        int kept = Math.min(perLevel, end - priors.levelStart()[level]);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int at = priors.levelStart()[level]; at < end; at++) {
            double dx = priors.x(at) - x;
            double dy = priors.y(at) - y;
            double squared = dx * dx + dy * dy;
            if (squared < distance[kept - 1]) {
                insert(at, squared, kept, offset);
            }
        }
        return kept;
    }

    private void insert(int at, double squared, int kept, int offset) {
        int place = kept - 1;
        for (; place > 0 && distance[place - 1] > squared; place--) {
            distance[place] = distance[place - 1];
            found[offset + place] = found[offset + place - 1];
        }
        distance[place] = squared;
        found[offset + place] = at;
    }
}
