package dev.parfocal.detection.sampling;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import java.util.List;

/**
 * How many times as often as others an image should be seen so that rare classes are learnt: Gupta, Dollár, Girshick:
 * LVIS: A Dataset for Large Vocabulary Instance Segmentation, CVPR 2019, section 3 of the supplement. arXiv 1908.03195.
 *
 * <p>With f(c) the share of images that show class c, the class's factor is {@code max(1, sqrt(rare / f(c)))}; an image's
 * factor is the largest of its classes', 1 if it shows none.
 *
 * @param factor {@code [images]} at least 1
 */
public record RepeatFactors(double[] factor) {

    /**
     * The factors of a data set's images.
     *
     * @param classes number of classes
     * @param rare classes on a smaller share of images than this are rare, in (0, 1]
     */
    public static RepeatFactors of(List<Sample> samples, int classes, double rare) {
        if (!(rare > 0 && rare <= 1)) {
            throw new ParfocalException(
                    "sampling: the share of images below which a class is rare must be in (0, 1], not " + rare);
        }
        double[] shows = new double[classes];
        for (Sample sample : samples) {
            labels(sample).forEach(label -> shows[label]++);
        }
        double[] factor = samples.stream()
                .mapToDouble(sample -> labels(sample).stream()
                        .mapToDouble(label -> Math.sqrt(rare * samples.size() / shows[label]))
                        .reduce(1, Math::max))
                .toArray();
        return new RepeatFactors(factor);
    }

    private static List<Integer> labels(Sample sample) {
        return sample.annotations().stream()
                .filter(object -> !object.crowd())
                .map(Annotation::label)
                .distinct()
                .toList();
    }

    /**
     * The factors at part of their strength.
     *
     * @param strength 0: every image once; 1: as often as its factor says
     * @return {@code [images]} relative frequencies
     */
    public double[] at(double strength) {
        double[] weights = new double[factor.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 + strength * (factor[i] - 1);
        }
        return weights;
    }
}
