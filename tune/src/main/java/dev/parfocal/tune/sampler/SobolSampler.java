package dev.parfocal.tune.sampler;

import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Suggestion;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * The Sobol sequence: points that leave no gaps, whatever their number. It is shifted as a whole, around the ends of the
 * unit interval, by a random amount that is the seed's (Cranley and Patterson, SIAM Journal on Numerical Analysis 1976).
 */
public final class SobolSampler implements Sampler {
    private final long seed;

    /** The sequence with the shift of a seed. */
    public SobolSampler(long seed) {
        this.seed = seed;
    }

    @Override
    public Suggestion suggest(History history, RandomGenerator random) {
        int size = history.space().variables().size();
        return new Suggestion(history.space().fromUnit(place(history.trials().size(), size)));
    }

    /** A point of the shifted sequence, in [0, 1). */
    double[] place(int index, int size) {
        SobolSequenceGenerator sequence = new SobolSequenceGenerator(size);
        double[] place = sequence.skipTo(index);
        SplittableRandom shift = new SplittableRandom(seed);
        for (int i = 0; i < size; i++) {
            place[i] = (place[i] + shift.nextDouble()) % 1;
        }
        return place;
    }
}
