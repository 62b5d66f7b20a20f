package dev.parfocal.tune.sampler;

import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.List;
import java.util.Map;

/** Searches for the minimum of a toy. */
final class Search {

    private Search() {}

    static Study study(Toys toy, Sampler sampler, long seed) {
        Definition definition = new Definition(toy.space, List.of(new Metric("value", false)), seed);
        return Study.inMemory(definition, sampler, Pruner.NEVER);
    }

    /** The trials of a whole search. */
    static List<Trial> trials(Toys toy, Sampler sampler, long seed, int trials) {
        try (Study study = study(toy, sampler, seed)) {
            for (int i = 0; i < trials; i++) {
                Trial trial = study.ask(trials).orElseThrow();
                study.tell(trial.number(), Map.of("value", toy.function.applyAsDouble(trial.point())), 0);
            }
            return study.history().trials();
        }
    }

    /** The best value so far after each trial. */
    static double[] curve(Toys toy, Sampler sampler, long seed, int trials) {
        double[] curve = trials(toy, sampler, seed, trials).stream()
                .mapToDouble(trial -> toy.function.applyAsDouble(trial.point()))
                .toArray();
        for (int i = 1; i < curve.length; i++) {
            curve[i] = Math.min(curve[i - 1], curve[i]);
        }
        return curve;
    }
}
