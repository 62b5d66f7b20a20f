package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.DatasetReader;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.run.DataConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a data set that a run uses.
 *
 * @param trainName what the configuration calls the images trained on: a split, {@code all}, or {@code rest}
 * @param valName what it calls the images evaluated on: a split, {@code all}, or {@code every-5th}
 * @param test a further part, to be scored at the end: the split {@code test} if it is there and untouched
 */
public record DataParts(String trainName, Dataset train, String valName, Dataset val, Optional<Dataset> test) {

    private static final String ALL = "all";
    private static final String REST = "rest";
    private static final String HELD_OUT = "every-5th";
    private static final int PERIOD = 5;

    /**
     * Chooses the parts. A data set without splits is divided: every fifth image is held out. Where there is no split
     * {@code val}, or it is trained on, {@code test} stands in for it.
     *
     * @param config its {@code train} and {@code val} name the parts; the names {@code train} and {@code val} are wishes, all
     *     others are demands
     * @throws ParfocalException if a part that is demanded is not there, or a part has no images
     */
    public static DataParts of(Dataset data, DataConfig config) {
        String trainName = trainName(data, config.train());
        Dataset train = part(data, trainName);
        String valName = valName(data, config.val(), trainName, train);
        Dataset val = part(data, valName);
        requireImages(train);
        requireImages(val);
        boolean testLeft = data.splits().containsKey("test") && !valName.equals("test");
        Optional<Dataset> test = testLeft
                ? Optional.of(data.split("test"))
                        .filter(part -> !overlap(part, train) && !part.samples().isEmpty())
                : Optional.empty();
        return new DataParts(trainName, train, valName, val, test);
    }

    /**
     * Reads the data set that a configuration names, and chooses its parts.
     *
     * @throws ParfocalException if it cannot be read, too
     */
    public static DataParts read(DataConfig config) {
        return of(
                DatasetReader.read(Path.of(config.path()), config.format(), false)
                        .dataset(),
                config);
    }

    private static String trainName(Dataset data, String wish) {
        boolean isDefault = wish.equals(DataConfig.DEFAULT.train());
        return isDefault && data.splits().isEmpty() ? REST : wish.isEmpty() ? ALL : wish;
    }

    private static String valName(Dataset data, String wish, String trainName, Dataset train) {
        if (!wish.equals(DataConfig.DEFAULT.val())) {
            return wish.isEmpty() ? ALL : wish;
        }
        for (String candidate : List.of("val", "test")) {
            if (data.splits().containsKey(candidate) && !overlap(data.split(candidate), train)) {
                return candidate;
            }
        }
        return trainName.equals(REST) ? HELD_OUT : trainName;
    }

    private static Dataset part(Dataset data, String name) {
        return switch (name) {
            case ALL -> data;
            case REST -> everyFifth(data, false);
            case HELD_OUT -> everyFifth(data, true);
            default -> data.split(name);
        };
    }

    private static Dataset everyFifth(Dataset data, boolean held) {
        List<Sample> kept = new ArrayList<>();
        for (int i = 0; i < data.samples().size(); i++) {
            if ((i % PERIOD == PERIOD - 1) == held) {
                kept.add(data.samples().get(i));
            }
        }
        return data.withSamples(kept);
    }

    private static boolean overlap(Dataset a, Dataset b) {
        Set<Long> ids = new HashSet<>();
        a.samples().forEach(sample -> ids.add(sample.id()));
        return b.samples().stream().anyMatch(sample -> ids.contains(sample.id()));
    }

    private static void requireImages(Dataset part) {
        if (part.samples().isEmpty()) {
            throw new ParfocalException("data set " + part.name() + " has no images");
        }
    }

    /** Whether some of the images evaluated on are trained on. */
    public boolean evaluatesOnTrained() {
        return overlap(train, val);
    }

    /** The parts in one line for people. */
    public String words() {
        String words = "training on " + images(train) + " (" + trainName + "), evaluating on "
                + (evaluatesOnTrained() ? "images that it trained on (" : images(val) + " (") + valName + ")";
        return words
                + test.map(part -> ", testing on " + images(part) + " (test) at the end")
                        .orElse("");
    }

    private static String images(Dataset part) {
        return part.samples().size() + " images";
    }
}
