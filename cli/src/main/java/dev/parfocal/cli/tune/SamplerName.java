package dev.parfocal.cli.tune;

import dev.parfocal.tune.sampler.CmaSampler;
import dev.parfocal.tune.sampler.GpSampler;
import dev.parfocal.tune.sampler.RandomSampler;
import dev.parfocal.tune.sampler.SobolSampler;
import dev.parfocal.tune.sampler.TpeSampler;
import dev.parfocal.tune.study.Sampler;
import java.util.function.LongFunction;

/** How {@code --sampler} calls the samplers. */
public enum SamplerName {
    RANDOM(seed -> new RandomSampler()),
    SOBOL(SobolSampler::new),
    TPE(seed -> TpeSampler.DEFAULT),
    GP(seed -> GpSampler.DEFAULT),
    CMA(seed -> new CmaSampler());

    private final LongFunction<Sampler> made;

    SamplerName(LongFunction<Sampler> made) {
        this.made = made;
    }

    public Sampler sampler(long seed) {
        return made.apply(seed);
    }
}
