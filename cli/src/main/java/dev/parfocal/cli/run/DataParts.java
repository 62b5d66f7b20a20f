package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.DataConfig;
import dev.parfocal.training.config.RunConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private static final List<String> STANDARD = List.of("train", "trainval", "val", "test");

    /**
     * Chooses the parts. A data set without splits is divided: every fifth image is held out; a single split of another name
     * than train, val or test is none. Where there is no split {@code val}, or all of it is trained on, {@code test} stands in
     * for it.
     *
     * @param config its {@code train} and {@code val} name the parts; the names {@code train} and {@code val} are wishes, all
     *     others are demands
     * @throws ParfocalException if a part that is demanded is not there, a part has no images, or there is no object to learn
     */
    public static DataParts of(Dataset data, DataConfig config) {
        String trainName = trainName(data, config.train());
        Dataset train = part(data, trainName);
        String valName = valName(data, config.val(), trainName, train);
        Dataset val = part(data, valName);
        if (trainName.equals(REST) && valName.equals(HELD_OUT) && val.samples().isEmpty()) {
            throw new ParfocalException("data set " + data.name() + " has no splits, and its "
                    + data.samples().size()
                    + " images are too few to hold out every fifth: give it a split val, or train and "
                    + "evaluate on the same images with --train-split all --val-split all");
        }
        requireImages(train);
        requireImages(val);
        if (objects(train) == 0) {
            throw new ParfocalException("there is no object to learn in the " + images(train) + " to train on ("
                    + trainName + "): check where the annotations are");
        }
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
        return of(DatasetReader.read(config.source(), config.format(), false).dataset(), config);
    }

    private static String trainName(Dataset data, @Nullable String wish) {
        if (wish == null) {
            return ALL;
        }
        boolean isDefault = wish.equals(DataConfig.DEFAULT.train());
        return isDefault && (data.splits().isEmpty() || isAllInOne(data)) ? REST : wish;
    }

    /** One split that is called like none of the usual parts is the name of a file, and divides nothing. */
    private static boolean isAllInOne(Dataset data) {
        return data.splits().size() == 1
                && STANDARD.stream().noneMatch(data.splits()::containsKey)
                && data.splits().values().iterator().next().size()
                        == data.samples().size();
    }

    private static String valName(Dataset data, @Nullable String wish, String trainName, Dataset train) {
        if (wish == null) {
            return ALL;
        }
        if (!wish.equals(DataConfig.DEFAULT.val())) {
            return wish;
        }
        for (String candidate : List.of("val", "test")) {
            if (data.splits().containsKey(candidate) && !within(data.split(candidate), train)) {
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
        return shared(a, b) > 0;
    }

    /** Whether there are images, all of which are in another part too. */
    private static boolean within(Dataset part, Dataset other) {
        return !part.samples().isEmpty()
                && shared(part, other) == part.samples().size();
    }

    private static long shared(Dataset a, Dataset b) {
        Set<Long> ids = new HashSet<>();
        a.samples().forEach(sample -> ids.add(sample.id()));
        return b.samples().stream().filter(sample -> ids.contains(sample.id())).count();
    }

    private static long objects(Dataset part) {
        return part.samples().stream()
                .flatMap(sample -> sample.annotations().stream())
                .filter(object -> !object.crowd())
                .count();
    }

    private static void requireImages(Dataset part) {
        if (part.samples().isEmpty()) {
            throw new ParfocalException("data set " + part.name() + " has no images");
        }
    }

    /** A configuration that names them as they are. */
    public Configuration<RunConfig> named(Configuration<RunConfig> given) {
        return given.with(Map.of("data.train", trainName, "data.val", valName), "data");
    }

    /** Whether some of the images evaluated on are trained on. */
    public boolean evaluatesOnTrained() {
        return overlap(train, val);
    }

    /** What is wrong with the parts for all that they can be used, a sentence each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        long both = shared(train, val);
        if (both == val.samples().size()) {
            warnings.add(
                    "the images evaluated on (" + valName + ") are trained on, so the scores say nothing about others");
        } else if (both > 0) {
            warnings.add(both + " of the " + images(val) + " evaluated on (" + valName + ") are trained on too ("
                    + trainName + "); the scores flatter");
        }
        if (objects(val) == 0) {
            warnings.add("the images evaluated on (" + valName + ") have no objects, so there is no average precision");
        }
        return warnings;
    }

    /** The parts in one line for people. */
    public String words() {
        String words = "training on " + images(train) + " (" + trainName + "), evaluating on "
                + (within(val, train) ? "images that it trained on (" : images(val) + " (") + valName + ")";
        return words
                + test.map(part -> ", testing on " + images(part) + " (test) at the end")
                        .orElse("");
    }

    private static String images(Dataset part) {
        return Counts.of(part.samples().size(), "image");
    }
}
