package dev.parfocal.tune.sampler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Optuna's curves, as recorded by src/test/python/optuna_curves.py: a row per sampler, function and seed. */
final class Optuna {

    private Optuna() {}

    /** The best value so far after each trial, by seed. */
    static double[][] curves(String sampler, Toys toy) throws IOException {
        try (InputStream in = Optuna.class.getResourceAsStream("optuna.csv")) {
            if (in == null) {
                throw new IllegalStateException("optuna.csv is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith(sampler + "," + toy.title + ","))
                    .map(line -> Arrays.stream(line.split(","))
                            .skip(3)
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        }
    }
}
