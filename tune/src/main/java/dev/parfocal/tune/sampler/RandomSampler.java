package dev.parfocal.tune.sampler;

import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Suggestion;
import java.util.random.RandomGenerator;

/** Draws every point anew, evenly over the space (Bergstra and Bengio: Random Search, JMLR 2012). */
public final class RandomSampler implements Sampler {

    @Override
    public Suggestion suggest(History history, RandomGenerator random) {
        int size = history.space().variables().size();
        return new Suggestion(history.space().fromUnit(random.doubles(size).toArray()));
    }
}
