package dev.parfocal.examples;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.examples.toy.Pictures;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.DenseLosses;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import java.util.List;
import java.util.Map;

/**
 * One classification loss in the place of another, at equal strength: a gain measured on the first batch gives each the
 * same share of the gradient at the features that all outputs share.
 */
public final class SwappedLosses {

    private static final DenseConfig MODEL = DenseConfig.DEFAULT;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 128;
    private static final GainConfig HALF = new GainConfig.Auto(0.5);
    private static final List<List<Annotation>> OBJECTS =
            List.of(List.of(Annotation.of(new Box(10, 20, 70, 80), 0), Annotation.of(new Box(90, 40, 150, 120), 1)));

    private SwappedLosses() {}

    /** Says for each loss how strong it is by itself, and its gain. */
    public static void main(String[] arguments) {
        Engine.start(1);
        for (String name : List.of("bce", "focal", "varifocal", "quality_focal")) {
            double gain = gain(LossComponent.of(name, 1));
            // The gain makes both sides equal: by itself the loss is 1 / gain times as strong as the others.
            System.out.printf(
                    "%-13s has %4.1f %% of the gradient by itself, and half of it with a gain of %.3f%n",
                    name, 100 / (1 + gain), gain);
            if (!(Math.abs(gain(LossComponent.of(name, gain)) - 1) < 1e-3)) {
                throw new IllegalStateException("with its gain as its weight, " + name + " should need no other");
            }
        }
    }

    private static double gain(LossComponent classification) {
        DenseLosses losses =
                new DenseLosses(classification, DenseLosses.DEFAULT.box(), DenseLosses.DEFAULT.distribution());
        Map<String, Supervision> supervision = losses.supervision(AssignerConfig.DEFAULT);
        Criterion criterion = new Criterion(supervision, HALF, MODEL, 2);
        DetectorModel model = new DetectorModel(MODEL, Start.of(2, Criterion.priors(supervision, MODEL)), 1);
        model.training(true);
        Scope.recorded(() -> criterion.backward(model.forward(Pictures.noise(WIDTH, HEIGHT)), OBJECTS));
        return criterion.gain().measured().getOrDefault("classification", Double.NaN);
    }
}
