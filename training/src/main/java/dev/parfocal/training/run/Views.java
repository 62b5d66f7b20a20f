package dev.parfocal.training.run;

import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.augment.Mosaic;
import dev.parfocal.detection.augment.Picture;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.AugmentConfig;
import dev.parfocal.training.config.MixupConfig;
import dev.parfocal.training.config.MosaicConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What training sees of an image: a view of it alone, of four images side by side, or of two over each other. */
final class Views {
    private static final long ONE = 1;
    private static final long OTHER = 2;
    private static final int CHOICE = -2;

    private final List<Sample> samples;
    private final ImageCache cache;
    private final Frame frame;
    private final Augmentation augmentation;
    private final @Nullable MosaicConfig mosaics;
    private final @Nullable MixupConfig mixups;
    private final @Nullable Mosaic mosaic;

    /**
     * Views of images.
     *
     * @param samples that further images of a view are drawn from
     */
    Views(List<Sample> samples, ImageCache cache, Frame frame, AugmentConfig config) {
        this.samples = samples;
        this.cache = cache;
        this.frame = frame;
        augmentation = config.augmentation();
        mosaics = config.mosaic();
        mixups = config.mixup();
        mosaic = config.fourInOne();
    }

    /**
     * Draws one.
     *
     * @param seed of the view
     * @param passed share of the run's epochs that have passed, in [0, 1)
     * @param planes receives {@code [3, height, width]} from {@code offset} on
     * @return the objects in view, in the frame's pixels
     */
    List<Annotation> draw(Sample sample, long seed, double passed, float[] planes, int offset) {
        RandomGenerator random = new SplittableRandom(Augmentation.seed(seed, CHOICE, ONE));
        List<Annotation> objects = single(sample, seed, passed, random, planes, offset);
        if (mixups == null || passed >= mixups.until() || random.nextDouble() >= mixups.probability()) {
            return objects;
        }
        float[] other = new float[frame.size()];
        List<Annotation> both = new ArrayList<>(objects);
        long next = Augmentation.seed(seed, CHOICE, OTHER);
        both.addAll(single(any(random), next, passed, random, other, 0));
        for (int i = 0; i < other.length; i++) {
            planes[offset + i] = (planes[offset + i] + other[i]) / 2;
        }
        return both;
    }

    private List<Annotation> single(
            Sample sample, long seed, double passed, RandomGenerator random, float[] planes, int offset) {
        if (mosaic == null
                || mosaics == null
                || passed >= mosaics.until()
                || random.nextDouble() >= mosaics.probability()) {
            Picture picture = cache.get(sample);
            return augmentation
                    .draw(picture.image(), picture.annotations(), frame, seed, planes, offset)
                    .annotations();
        }
        List<Picture> pictures = new ArrayList<>();
        pictures.add(cache.get(sample));
        while (pictures.size() < Mosaic.PICTURES) {
            pictures.add(cache.get(any(random)));
        }
        return mosaic.draw(pictures, frame, seed, planes, offset);
    }

    private Sample any(RandomGenerator random) {
        return samples.get(random.nextInt(samples.size()));
    }
}
