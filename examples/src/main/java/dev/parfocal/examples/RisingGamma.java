package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.curriculum.ParameterSchedules;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.examples.toy.Anchors;
import dev.parfocal.examples.toy.ToyTraining;

/** Focal loss that starts as cross-entropy: gamma goes from 0 to 2 over the steps, and no step compiles anything. */
public final class RisingGamma {

    private static final int STEPS = 120;

    private RisingGamma() {}

    /** Trains a toy head and says what gamma and the loss were. */
    public static void main(String[] arguments) {
        Loss focal = Catalogue.get("focal");
        LossFunction function = LossFunction.of(focal);
        ParameterSchedules schedules =
                ParameterSchedules.of(focal).with("gamma", Schedule.parse("cosine 0 to 2 during 0 to 0.8"));
        ToyTraining training = new ToyTraining(Anchors.draw(4000, 1), 0.01);
        for (int step = 0; step < STEPS; step++) {
            Options options = schedules.apply(Options.of(focal.recipe()), step, STEPS);
            Evaluation value = training.step(function, options);
            if (step % 30 == 0 || step == STEPS - 1) {
                System.out.printf(
                        "step %3d: gamma %.2f, loss %.4f%n",
                        step, options.arguments().get("gamma"), value.value());
            }
        }
        System.out.printf(
                "finds %.0f %% of unseen objects; code was made %d time%n",
                100 * training.recall(), function.compilations());
        if (function.compilations() != 1 || training.recall() < 0.8) {
            throw new IllegalStateException("the schedule cost compilations, or the head did not learn");
        }
    }
}
