package dev.parfocal.training.run;

import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.sampling.ImageOrder;
import dev.parfocal.detection.sampling.RepeatFactors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The images of each step. They follow from the seed and the step alone; images left over from whole batches wait for
 * another epoch.
 */
final class EpochOrder {
    private final List<Sample> samples;
    private final int batch;
    private final long seed;
    private final @Nullable RepeatFactors factors;
    private final LongToDoubleFunction strength;
    private int epoch = -1;
    private List<Integer> order = List.of();

    private EpochOrder(
            List<Sample> samples,
            int batch,
            long seed,
            @Nullable RepeatFactors factors,
            LongToDoubleFunction strength) {
        this.samples = samples;
        this.batch = Math.min(batch, samples.size());
        this.seed = seed;
        this.factors = factors;
        this.strength = strength;
    }

    /** Every image once in each epoch. */
    static EpochOrder shuffled(List<Sample> samples, int batch, long seed) {
        return new EpochOrder(samples, batch, seed, null, step -> 0);
    }

    /**
     * Images with rare classes more often.
     *
     * @param strength of the factors at an epoch's first step
     */
    static EpochOrder repeated(
            List<Sample> samples, int batch, long seed, RepeatFactors factors, LongToDoubleFunction strength) {
        return new EpochOrder(samples, batch, seed, factors, strength);
    }

    /** Images of a step. */
    int batch() {
        return batch;
    }

    /** Steps of an epoch. */
    int perEpoch() {
        return perEpoch(samples.size(), batch);
    }

    /** Steps that pass over all images once. */
    static int perEpoch(int images, int batch) {
        return Math.max(1, images / batch);
    }

    /** The images of a step, from 0. */
    synchronized List<Sample> at(long step) {
        int first = (int) (step % perEpoch()) * batch;
        return order(step).subList(first, first + batch).stream()
                .map(samples::get)
                .toList();
    }

    /** The seed of an image's view: each time that an epoch shows an image, it shows another view of it. */
    synchronized long view(long step, int place, long seedOfFirst) {
        if (factors == null) {
            return seedOfFirst;
        }
        int at = (int) (step % perEpoch()) * batch + place;
        List<Integer> all = order(step);
        int earlier = Collections.frequency(all.subList(0, at), all.get(at));
        return earlier == 0 ? seedOfFirst : Augmentation.seed(seedOfFirst, earlier, -1);
    }

    private List<Integer> order(long step) {
        int wanted = Math.toIntExact(step / perEpoch());
        if (wanted != epoch) {
            epoch = wanted;
            order = draw(wanted);
        }
        return order;
    }

    private List<Integer> draw(int wanted) {
        long drawn = Augmentation.seed(seed, wanted, -1);
        if (factors == null) {
            List<Integer> shuffled =
                    Arrays.asList(IntStream.range(0, samples.size()).boxed().toArray(Integer[]::new));
            Collections.shuffle(shuffled, new Random(drawn));
            return shuffled;
        }
        double[] weights = factors.at(strength.applyAsDouble((long) wanted * perEpoch()));
        return Arrays.stream(ImageOrder.draw(weights, perEpoch() * batch, drawn))
                .boxed()
                .toList();
    }
}
