package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.format.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was recognised in a data set, part by part, and what was left out.
 *
 * @param heading its format, what shows it, and its classes
 */
public record DataSummary(String heading, List<Part> parts, List<String> problems) {

    private static final int NAMED = 10;

    /**
     * A part of a data set.
     *
     * @param name {@code all} where there are no parts, {@code in no split} for the images that are in none
     * @param classes how many classes its objects are of
     */
    public record Part(String name, int images, int withoutObjects, long objects, long crowds, int classes) {

        static Part of(String name, List<Sample> samples) {
            Set<Integer> classes = new HashSet<>();
            samples.forEach(sample -> sample.annotations().forEach(object -> classes.add(object.label())));
            int empty = (int) samples.stream()
                    .filter(sample -> sample.annotations().isEmpty())
                    .count();
            long objects = samples.stream()
                    .mapToLong(sample -> sample.annotations().size())
                    .sum();
            long crowds = samples.stream()
                    .flatMap(sample -> sample.annotations().stream())
                    .filter(object -> object.crowd())
                    .count();
            return new Part(name, samples.size(), empty, objects, crowds, classes.size());
        }

        /** In one line. */
        public String words() {
            return name + ": " + Counts.of(images, "image") + ", " + Counts.of(objects, "object") + " of "
                    + Counts.of(classes, "class", "classes")
                    + (withoutObjects == 0 ? "" : ", " + withoutObjects + " of the images without objects")
                    + (crowds == 0 ? "" : ", " + crowds + " of the objects crowds or difficult");
        }
    }

    /** Sums up what was read. */
    public static DataSummary of(Loaded loaded) {
        Dataset data = loaded.dataset();
        List<String> names = data.categories().stream().map(Category::name).toList();
        String heading = loaded.path() + ": " + loaded.fit().format() + " ("
                + loaded.fit().by() + "), "
                + Counts.of(names.size(), "class", "classes") + ": "
                + names.stream().limit(NAMED).collect(Collectors.joining(", ")) + (names.size() > NAMED ? ", …" : "");
        return new DataSummary(heading, parts(data), loaded.lint().lines());
    }

    private static List<Part> parts(Dataset data) {
        if (data.splits().isEmpty()) {
            return List.of(Part.of("all", data.samples()));
        }
        List<Part> parts = new ArrayList<>();
        Set<Long> split = new HashSet<>();
        data.splits().forEach((name, ids) -> {
            split.addAll(ids);
            parts.add(Part.of(name, data.split(name).samples()));
        });
        List<Sample> others = data.samples().stream()
                .filter(sample -> !split.contains(sample.id()))
                .toList();
        if (!others.isEmpty()) {
            parts.add(Part.of("in no split", others));
        }
        return parts;
    }

    /** All of it, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(heading));
        parts.forEach(part -> lines.add(part.words()));
        lines.addAll(problems);
        return lines;
    }
}
