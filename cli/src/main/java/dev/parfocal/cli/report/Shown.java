package dev.parfocal.cli.report;

import dev.parfocal.training.config.RunConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as pages show them. */
final class Shown {

    private Shown() {}

    /** Three decimals; a dash for a number that does not exist. */
    static String number(double number) {
        return Double.isNaN(number) ? "\u2013" : String.format(Locale.ROOT, "%.3f", number);
    }

    static String number(OptionalDouble number) {
        return number(number.orElse(Double.NaN));
    }

    /** A count with its noun: {@code 1 image}, {@code 2 images}, {@code 3 classes}. */
    static String count(long count, String noun) {
        String plural = noun.endsWith("s") ? "es" : "s";
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : plural);
    }

    /** What a run is about: its loss, and its data where its configuration names them. */
    static String subject(RunConfig config) {
        String loss = name(config.classification().loss());
        String data = config.data().path();
        return data == null ? loss : loss + " on " + name(data);
    }

    /** The last part of a path: what people call a data set or a file. */
    static String name(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}
