package dev.parfocal.examples;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.statistics.LossStatistics;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Where a loss's gradient comes from on a batch as a detector sees it after a while: 20 000 points, 40 of which show an
 * object. Needs no engine: the statistics are added up while the loss is evaluated.
 */
public final class WhereGradientsComeFrom {
    private static final int POINTS = 20_000;
    private static final int OBJECTS = 40;

    private WhereGradientsComeFrom() {}

    /** Prints the shares for cross-entropy and for the losses that were made to change them. */
    public static void main(String[] arguments) {
        System.out.printf("%-14s %9s %14s %14s%n", "loss", "positives", "hard negatives", "easy negatives");
        double before = share("bce");
        double after = share("focal");
        share("varifocal");
        share("quality_focal");
        if (after > 0.8 * before) {
            throw new IllegalStateException("focal loss did not fade out what is easy");
        }
    }

    /** Prints a loss's shares; returns that of easy negatives. */
    private static double share(String name) {
        LossFunction function = LossFunction.of(Catalogue.get(name));
        Options options = Options.of(function.loss().recipe()).withStatistics(true);
        LossStatistics statistics =
                Objects.requireNonNull(function.evaluate(batch(), options, Floats.of(new float[POINTS]))
                        .statistics());
        double whole = statistics.gradient();
        double easy = statistics.negatives().easyGradient() / whole;
        System.out.printf(
                "%-14s %8.1f%% %13.1f%% %13.1f%%%n",
                name,
                100 * statistics.positives().gradient() / whole,
                100 * statistics.negatives().hardGradient() / whole,
                100 * easy);
        return easy;
    }

    private static Batch batch() {
        Random random = new Random(1);
        float[] logits = new float[POINTS];
        int[] labels = new int[POINTS];
        float[] quality = new float[POINTS];
        Arrays.fill(labels, Batch.BACKGROUND);
        for (int i = 0; i < POINTS; i++) {
            logits[i] = (float) (-4.5 + 1.2 * random.nextGaussian());
        }
        for (int i = 0; i < OBJECTS; i++) {
            int point = random.nextInt(POINTS);
            labels[point] = 0;
            quality[point] = 1;
            logits[point] = (float) random.nextGaussian();
        }
        return new Batch.Sparse(Floats.of(logits), POINTS, 1, labels, quality);
    }
}
