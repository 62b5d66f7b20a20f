package dev.parfocal.detection.synth;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CocoWriter;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.EachImage;
import dev.parfocal.detection.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes drawn scenes as a COCO data set: {@code images/000001.jpg} …, {@code annotations/PART.json}. */
public final class SceneFiles {

    private SceneFiles() {}

    /**
     * How {@code images} scenes are shared out: a tenth each to val and test (at least one when there are three), the rest
     * to train.
     */
    public static Map<String, Integer> parts(int images) {
        int tenth = images < 3 ? 0 : Math.max(1, images / 10);
        return parts(images - 2 * tenth, tenth, tenth);
    }

    /** This many scenes to each part; parts without scenes are left out. */
    public static Map<String, Integer> parts(int train, int val, int test) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("train", train);
        parts.put("val", val);
        parts.put("test", test);
        parts.values().removeIf(count -> count == 0);
        return parts;
    }

    /**
     * Draws and writes scenes 0, 1, …, the first part's first, on all cores.
     *
     * @param folder must not hold anything yet
     * @param parts how many scenes each part gets, in this order
     * @param format {@code jpg} or {@code png}
     * @return the data set as {@link dev.parfocal.detection.format.DatasetReader} reads it from the folder
     * @throws ParfocalException when there is nothing to draw, the folder is not empty, or a file cannot be written
     */
    public static Dataset write(SceneGenerator generator, Path folder, Map<String, Integer> parts, String format) {
        int count = parts.values().stream().mapToInt(Integer::intValue).sum();
        if (count < 1 || parts.values().stream().anyMatch(part -> part < 0)) {
            throw new ParfocalException("scenes: ask for at least one image, not " + count);
        }
        Path images = prepare(folder);
        List<Sample> samples = EachImage.of(count, number -> write(generator, images, number, format));
        Map<String, List<Long>> splits = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, Integer> part : parts.entrySet()) {
            List<Sample> own = samples.subList(from, from + part.getValue());
            from += part.getValue();
            splits.put(part.getKey(), own.stream().map(Sample::id).toList());
            Dataset data = new Dataset(part.getKey(), SceneGenerator.categories(), own, Map.of());
            CocoWriter.write(folder.resolve("annotations").resolve(part.getKey() + ".json"), data, images);
        }
        return new Dataset(folder.toString(), SceneGenerator.categories(), new ArrayList<>(samples), splits);
    }

    private static Path prepare(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new ParfocalException(folder + ": this is a file, not a folder; name a new folder for the scenes");
        }
        try {
            Path images = Files.createDirectories(folder).resolve("images");
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new ParfocalException(folder + ": this folder is not empty; name a new one for the scenes");
                }
            }
            return Files.createDirectories(images);
        } catch (IOException e) {
            throw new ParfocalException(folder + ": cannot write into this folder: " + e.getMessage(), e);
        }
    }

    private static Sample write(SceneGenerator generator, Path images, int number, String format) {
        Scene scene = generator.draw(number);
        Path file = images.resolve(String.format(Locale.ROOT, "%06d.%s", number + 1, format));
        ImageFiles.write(scene.image(), file);
        return new Sample(
                number + 1L, file, scene.image().width(), scene.image().height(), scene.annotations());
    }
}
