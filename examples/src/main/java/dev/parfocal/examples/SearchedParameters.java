package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.ToyTraining;
import dev.parfocal.tune.sampler.TpeSampler;
import dev.parfocal.tune.space.Limits;
import dev.parfocal.tune.space.LossLimits;
import dev.parfocal.tune.space.SearchText;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A search for the focal loss's best parameters, asked and told in one's own training loop; no trial compiles anything. */
public final class SearchedParameters {

    private static final int TRIALS = 12;
    private static final int STEPS = 15;

    private SearchedParameters() {}

    /** Searches gamma and alpha over the ranges that the loss's text declares, and says what was found. */
    public static void main(String[] arguments) {
        Loss focal = Catalogue.get("focal");
        Map<String, Limits> limits = LossLimits.of(focal);
        Space space = SearchText.parse("gamma, alpha", name -> limits.getOrDefault(name, Limits.NONE));
        LossFunction function = LossFunction.of(focal);
        Definition definition = new Definition(space, List.of(new Metric("recall", true)), 1);
        try (Study study = Study.inMemory(definition, TpeSampler.DEFAULT, Pruner.NEVER)) {
            for (Optional<Trial> next = study.ask(TRIALS); next.isPresent(); next = study.ask(TRIALS)) {
                Trial trial = next.get();
                Options options = Options.of(focal.recipe());
                for (var value : trial.point().values().entrySet()) {
                    options = options.withArgument(value.getKey(), value.getValue());
                }
                study.tell(trial.number(), Map.of("recall", recall(function, options)), 0);
            }
            Trial best = study.history().best().orElseThrow();
            double worst = study.history().trials().stream()
                    .mapToDouble(trial -> trial.metrics().getOrDefault("recall", 0.0))
                    .min()
                    .orElse(0);
            System.out.printf(
                    "of %d trials, number %d is best: %s finds %.0f %% of unseen objects, the worst %.0f %%%n",
                    TRIALS,
                    best.number(),
                    best.point().values(),
                    100 * best.metrics().getOrDefault("recall", 0.0),
                    100 * worst);
            if (!(best.metrics().getOrDefault("recall", 0.0) > worst)) {
                throw new IllegalStateException("the parameters made no difference");
            }
        }
    }

    private static double recall(LossFunction function, Options options) {
        ToyTraining training = new ToyTraining(Anchors.draw(2000, 1), 0.01);
        for (int step = 0; step < STEPS; step++) {
            training.step(function, options);
        }
        return training.recall();
    }
}
