package dev.parfocal.bench.studies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The runs of one configuration, one for each seed.
 *
 * @param runs by the names of their folders
 */
record Outcomes(List<Outcome> runs) {

    /** Reads every run in a folder. */
    static Outcomes read(Path folder) throws IOException {
        List<Outcome> runs = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path run : entries.filter(Files::isDirectory).sorted().toList()) {
                runs.add(Outcome.read(run));
            }
        }
        return new Outcomes(runs);
    }

    /** Mean over the seeds and, if there are several, the extremes; or where the runs stopped. */
    String shown(ToDoubleFunction<Outcome> figure) {
        if (!runs.stream().allMatch(Outcome::ended)) {
            return stopped();
        }
        double[] values = runs.stream().mapToDouble(figure).sorted().toArray();
        return values.length == 1
                ? number(values[0])
                : number(mean(values)) + " (" + number(values[0]) + " – " + number(values[values.length - 1]) + ")";
    }

    private String stopped() {
        List<String> where = runs.stream()
                .filter(run -> !run.ended())
                .map(run -> "seed " + run.seed() + " stopped after " + run.steps() + " steps")
                .toList();
        return String.join(", ", where);
    }

    /** What the technique changed: the mean of the seeds' differences, and each of them. */
    String differenceTo(Outcomes base, ToDoubleFunction<Outcome> figure) {
        List<Double> differences = new ArrayList<>();
        for (Outcome run : runs) {
            base.runs.stream()
                    .filter(other -> other.seed().equals(run.seed()) && other.ended() && run.ended())
                    .forEach(other -> differences.add(figure.applyAsDouble(run) - figure.applyAsDouble(other)));
        }
        if (differences.isEmpty()) {
            return "–";
        }
        double[] values = differences.stream().mapToDouble(Double::doubleValue).toArray();
        List<String> each = differences.stream().map(Outcomes::signed).toList();
        return values.length == 1
                ? signed(values[0])
                : "**" + signed(mean(values)) + "** (" + String.join(", ", each) + ")";
    }

    /** The median step's wall time, the mean over the seeds. */
    String milliseconds() {
        return String.format(
                Locale.ROOT,
                "%.0f",
                mean(runs.stream().mapToDouble(Outcome::milliseconds).toArray()));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
