package dev.parfocal.tune.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.tune.study.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.stat.inference.MannWhitneyUTest;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * TPE and the Gaussian process find better values than random search, over 20 seeds, and are no worse than Optuna's, whose
 * curves are recorded. The whole proof is long; its table goes to target/tuning-proof.md.
 */
class ProofTest {
    private static final int SEEDS = 20;
    private static final double SURE = 0.01;
    private static final Map<String, Sampler> OURS = Map.of("tpe", TpeSampler.DEFAULT, "gp", GpSampler.DEFAULT);

    @Test
    void aFewSeedsBeatRandomSearch() {
        double random = 0;
        double tpe = 0;
        double gp = 0;
        for (int seed = 0; seed < 4; seed++) {
            random += last(Search.curve(Toys.BRANIN, new RandomSampler(), seed, 30));
            tpe += last(Search.curve(Toys.BRANIN, TpeSampler.DEFAULT, seed, 30));
            gp += last(Search.curve(Toys.BRANIN, GpSampler.DEFAULT, seed, 30));
        }

        assertThat(tpe).isLessThan(random);
        assertThat(gp).isLessThan(tpe);
    }

    private static double last(double[] curve) {
        return curve[curve.length - 1];
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void twentySeedsBeatRandomSearchAndAreNoWorseThanOptuna(Toys toy) throws IOException {
        double[] random = finals(curves(toy, new RandomSampler()), toy);
        List<String> rows = new ArrayList<>(List.of(row(toy, "random", random, "", "")));
        for (String name : List.of("tpe", "gp")) {
            double[] ours = finals(curves(toy, OURS.get(name)), toy);
            double[] optuna = finals(Optuna.curves(name, toy), toy);
            double beats = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(random, ours, false);
            double differs = new MannWhitneyUTest().mannWhitneyUTest(ours, optuna);
            rows.add(row(toy, name, ours, probability(beats), probability(differs)));
            rows.add(row(toy, "Optuna's " + name, optuna, "", ""));
            write(toy, rows);

            assertThat(beats).as(name + " beats random search").isLessThan(SURE);
            assertThat(mean(ours)).isLessThan(mean(random));
            assertThat(differs < SURE && median(ours) > median(optuna))
                    .as(name + " is worse than Optuna's: p = " + differs)
                    .isFalse();
        }
    }

    private static double[][] curves(Toys toy, Sampler sampler) {
        return IntStream.range(0, SEEDS)
                .mapToObj(seed -> Search.curve(toy, sampler, seed, toy.trials))
                .toArray(double[][]::new);
    }

    /** How far each curve ends from the minimum. */
    private static double[] finals(double[][] curves, Toys toy) {
        return Arrays.stream(curves)
                .mapToDouble(curve -> last(curve) - toy.minimum)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String row(Toys toy, String name, double[] values, String beats, String differs) {
        return String.format(
                Locale.ROOT,
                "| %s, %d trials | %s | %.2g | %.2g | %.2g | %s | %s |",
                toy.title,
                toy.trials,
                name,
                mean(values),
                median(values),
                Arrays.stream(values).max().orElse(Double.NaN),
                beats,
                differs);
    }

    private static String probability(double p) {
        return String.format(Locale.ROOT, "%.1g", p);
    }

    private static void write(Toys toy, List<String> rows) throws IOException {
        Path target = Path.of("target", "tuning-proof-" + toy.title + ".md");
        Files.createDirectories(target.getParent());
        Files.write(target, rows);
    }
}
