package dev.parfocal.cli.compare;

import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.text.Counts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.fold.SamePicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of the data in a comparison.
 *
 * @param train trained on
 * @param val evaluated on at the end of training
 * @param fit part of {@code val} on which operating points and calibrators are fitted
 * @param scored on which everything is measured; shares no image with the others
 * @param words the same for people
 */
public record Parts(Dataset train, Dataset val, Dataset fit, Dataset scored, String words) {

    /**
     * Chooses them: where there is a test part, calibrators are fitted on the validation part and everything is measured on the
     * test part; else every second image of the validation part is for fitting, the others for measuring.
     *
     * @throws ParfocalException if parts overlap, or one of them has no images
     */
    public static Parts of(DataParts data) {
        Dataset val = data.val();
        boolean hasTest = data.test().isPresent();
        Dataset fit = hasTest ? val : every(val, 0);
        Dataset scored = data.test().orElseGet(() -> every(val, 1));
        String scoredName = hasTest ? "test" : "the other half of " + data.valName();
        Parts parts = new Parts(
                data.train(),
                val,
                fit,
                scored,
                "training on " + images(data.train()) + " (" + data.trainName() + "), calibrators fitted on "
                        + images(fit)
                        + " (" + (hasTest ? "" : "half of ") + data.valName() + "), measured on " + images(scored)
                        + " ("
                        + scoredName + ")");
        requireDisjoint(data.train(), data.trainName(), val, data.valName());
        requireDisjoint(data.train(), data.trainName(), scored, scoredName);
        if (scored.samples().isEmpty()) {
            throw new ParfocalException("the part " + data.valName() + " has " + images(val)
                    + ": a comparison needs at least 2, one to fit calibrators and one to measure");
        }
        return parts;
    }

    private static Dataset every(Dataset data, int parity) {
        List<Sample> kept = new ArrayList<>();
        for (int i = parity; i < data.samples().size(); i += 2) {
            kept.add(data.samples().get(i));
        }
        return data.withSamples(kept);
    }

    private static void requireDisjoint(Dataset train, String trainName, Dataset other, String otherName) {
        Set<Long> trained = new HashSet<>();
        train.samples().forEach(sample -> trained.add(sample.id()));
        long shared = other.samples().stream()
                .filter(sample -> trained.contains(sample.id()))
                .count();
        if (shared > 0) {
            throw new ParfocalException("of the " + images(other) + " in " + otherName + ", " + shared + " are in "
                    + trainName + " too: a comparison needs images that were not trained on;"
                    + " name other parts with --train-split and --val-split");
        }
    }

    private static String images(Dataset part) {
        return Counts.of(part.samples().size(), "image");
    }

    /** The same pictures in more than one part, a line each. */
    public List<String> leaks() {
        Map<Long, String> partOf = new HashMap<>();
        Map<Long, Sample> samples = new LinkedHashMap<>();
        note(train, "train", partOf, samples);
        note(val, "validation", partOf, samples);
        note(scored, "measured", partOf, samples);
        List<String> leaks = new ArrayList<>();
        for (SamePicture same : SamePicture.among(samples.values())) {
            List<String> parts = same.samples().stream()
                    .map(sample -> partOf.getOrDefault(sample.id(), ""))
                    .distinct()
                    .toList();
            if (parts.size() > 1) {
                leaks.add("the same picture is in " + String.join(" and ", parts) + ": " + same);
            }
        }
        return leaks;
    }

    private static void note(Dataset part, String name, Map<Long, String> partOf, Map<Long, Sample> samples) {
        for (Sample sample : part.samples()) {
            partOf.put(sample.id(), name);
            samples.put(sample.id(), sample);
        }
    }
}
