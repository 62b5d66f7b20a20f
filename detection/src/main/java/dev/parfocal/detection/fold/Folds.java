package dev.parfocal.detection.fold;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A data set divided for cross-validation: every image is scored once, by a detector that was trained on the other folds.
 *
 * @param data what was divided
 * @param parts the samples of each fold, in the data set's order
 */
public record Folds(Dataset data, List<List<Sample>> parts) {

    public Folds {
        parts = parts.stream().map(List::copyOf).toList();
    }

    /**
     * Divides so that every class is in about as many images of each fold, by iterative stratification of whole groups.
     * Sechidis, Tsoumakas, Vlahavas: On the Stratification of Multi-Label Data, ECML PKDD 2011.
     *
     * @param count of folds, at least 2
     * @param group the name of each sample's group
     * @param together pictures of which all copies must be in one fold
     * @param seed of what would otherwise be equal
     * @throws ParfocalException if there are fewer images or groups than folds
     */
    public static Folds stratified(
            Dataset data, int count, Function<Sample, String> group, Collection<SamePicture> together, long seed) {
        int images = data.samples().size();
        if (count < 2 || count > images) {
            throw new ParfocalException(
                    count + " folds of " + images + " images: there must be at least 2 folds, and no more than images");
        }
        List<List<Sample>> groups = Groups.of(data.samples(), group, together);
        if (groups.size() < count) {
            throw new ParfocalException(count + " folds of " + groups.size()
                    + " groups: a group stays in one fold, so there can be no more folds than groups");
        }
        return of(data, new Stratification(groups, data.categories().size(), count, seed).assign());
    }

    private static Folds of(Dataset data, List<List<Sample>> assigned) {
        List<List<Sample>> parts = new ArrayList<>();
        for (List<Sample> part : assigned) {
            Set<Long> ids = ids(part);
            parts.add(data.samples().stream()
                    .filter(sample -> ids.contains(sample.id()))
                    .toList());
        }
        return new Folds(data, parts);
    }

    private static Set<Long> ids(List<Sample> samples) {
        Set<Long> ids = new HashSet<>();
        samples.forEach(sample -> ids.add(sample.id()));
        return ids;
    }

    /** How many there are. */
    public int count() {
        return parts.size();
    }

    /** The images to score, of a fold counted from 0. */
    public Dataset scored(int fold) {
        return data.withSamples(parts.get(fold));
    }

    /** The images to train on for that: all the others. */
    public Dataset trained(int fold) {
        Set<Long> held = ids(parts.get(fold));
        return data.withSamples(data.samples().stream()
                .filter(sample -> !held.contains(sample.id()))
                .toList());
    }

    /** In how many images of a fold each class is. */
    public int[] images(int fold) {
        return Stratification.images(parts.get(fold), data.categories().size());
    }
}
