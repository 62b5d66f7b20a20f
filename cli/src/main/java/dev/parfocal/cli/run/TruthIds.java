package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.format.DatasetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ids that a COCO annotation file gives to images and categories, found by their names, so that detections can be scored
 * against it.
 */
public final class TruthIds {

    private final Dataset truth;

    private TruthIds(Dataset truth) {
        this.truth = truth;
    }

    /** @throws ParfocalException if the file cannot be read */
    public static TruthIds read(Path json) {
        return new TruthIds(DatasetReader.readTruth(json));
    }

    /**
     * The truth's images for these files, by the paths it lists or else by their bare names.
     *
     * @param images the folder that the files lie in, or the one file
     * @throws ParfocalException if it does not list one of them, or lists several of its name
     */
    public Map<Path, Sample> samples(List<Path> files, Path images) {
        Map<String, Set<Sample>> listed = new HashMap<>();
        for (Sample sample : truth.samples()) {
            String path = slashed(sample.file());
            listed.computeIfAbsent(path, unseen -> new HashSet<>()).add(sample);
            listed.computeIfAbsent(last(path), unseen -> new HashSet<>()).add(sample);
        }
        Map<Path, Sample> samples = new LinkedHashMap<>();
        for (Path file : files) {
            String below = slashed(Files.isDirectory(images) ? images.relativize(file) : file);
            Set<Sample> found = listed.getOrDefault(below, listed.getOrDefault(last(below), Set.of()));
            if (found.size() != 1) {
                String why = found.isEmpty() ? "does not list the image " : "lists several images of the name of ";
                throw new ParfocalException(truth.name() + ": " + why + file);
            }
            samples.put(file, found.iterator().next());
        }
        return samples;
    }

    /**
     * The truth's categories of the same names as a detector's classes, in the order of these.
     *
     * @throws ParfocalException if it has none of a name, or several
     */
    public List<Category> categories(List<Category> classes) {
        return classes.stream().map(this::category).toList();
    }

    private Category category(Category own) {
        List<Category> found = truth.categories().stream()
                .filter(category -> category.name().equals(own.name()))
                .toList();
        if (found.size() != 1) {
            String why = found.isEmpty() ? "has no category" : "has several categories";
            throw new ParfocalException(truth.name() + ": " + why + " named '" + own.name()
                    + "', which the detector finds; it has "
                    + truth.categories().stream().map(Category::name).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
