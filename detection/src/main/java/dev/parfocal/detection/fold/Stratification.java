package dev.parfocal.detection.fold;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Assigns groups to folds, those of the rarest class first, each to the fold that still wants that class most, then to the
 * one that still wants images most.
 */
final class Stratification {

    /** A group that waits, and in how many of its images each class is. */
    private record Unit(List<Sample> samples, int[] images) {}

    private final List<Unit> waiting = new ArrayList<>();
    private final List<List<Sample>> folds = new ArrayList<>();
    private final double[][] wanted;
    private final double[] wantedImages;

    Stratification(List<List<Sample>> groups, int classes, int count, long seed) {
        groups.forEach(group -> waiting.add(new Unit(group, images(group, classes))));
        Collections.shuffle(waiting, new Random(seed));
        // Large groups while there is room everywhere.
        waiting.sort(Comparator.comparingInt(unit -> -unit.samples.size()));
        wanted = new double[count][classes];
        wantedImages = new double[count];
        for (int fold = 0; fold < count; fold++) {
            folds.add(new ArrayList<>());
            for (Unit unit : waiting) {
                wantedImages[fold] += (double) unit.samples.size() / count;
                for (int label = 0; label < classes; label++) {
                    wanted[fold][label] += (double) unit.images[label] / count;
                }
            }
        }
    }

    /** In how many of some images each class is. */
    static int[] images(List<Sample> samples, int classes) {
        int[] images = new int[classes];
        for (Sample sample : samples) {
            sample.annotations().stream().mapToInt(Annotation::label).distinct().forEach(label -> images[label]++);
        }
        return images;
    }

    List<List<Sample>> assign() {
        for (int label = rarest(); label >= 0; label = rarest()) {
            int rare = label;
            List<Unit> with =
                    waiting.stream().filter(unit -> unit.images[rare] > 0).toList();
            waiting.removeAll(with);
            with.forEach(unit -> assign(unit, neediest(rare)));
        }
        waiting.forEach(unit -> assign(unit, neediest(-1)));
        for (List<Sample> fold : folds) {
            if (fold.isEmpty()) {
                throw new ParfocalException(
                        "some groups are so large that a fold is left without images: use fewer folds");
            }
        }
        return folds;
    }

    /** The class that is in the fewest waiting images; -1 when none of them has an object. */
    private int rarest() {
        int rarest = -1;
        int fewest = Integer.MAX_VALUE;
        for (int label = 0; label < wanted[0].length; label++) {
            int own = label;
            int images = waiting.stream().mapToInt(unit -> unit.images[own]).sum();
            if (images > 0 && images < fewest) {
                fewest = images;
                rarest = label;
            }
        }
        return rarest;
    }

    private int neediest(int label) {
        int best = 0;
        for (int fold = 1; fold < folds.size(); fold++) {
            double lead = label < 0 ? 0 : wanted[fold][label] - wanted[best][label];
            if (lead > 1e-9 || lead > -1e-9 && wantedImages[fold] > wantedImages[best] + 1e-9) {
                best = fold;
            }
        }
        return best;
    }

    private void assign(Unit unit, int fold) {
        folds.get(fold).addAll(unit.samples);
        wantedImages[fold] -= unit.samples.size();
        for (int label = 0; label < unit.images.length; label++) {
            wanted[fold][label] -= unit.images[label];
        }
    }
}
