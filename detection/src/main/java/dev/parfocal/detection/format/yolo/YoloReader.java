package dev.parfocal.detection.format.yolo;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.format.raw.Assembler;
import dev.parfocal.detection.format.raw.RawImage;
import dev.parfocal.detection.format.raw.Shapes;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.ImageHeader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads YOLO: a text file per image with lines {@code class cx cy width height} (or {@code class x y x y x y …}, a polygon; or
 * the box and the keypoints that {@code kpt_shape} tells of), in shares of the image's size. {@link YoloLayout} says where the
 * images are, {@link YoloLabels} where their label files. An image without a label file has no objects.
 */
public final class YoloReader {

    private static final int BOX = 5;

    private final Lint lint;
    private final YoloConfig config;
    private final Assembler assembler;
    private final Labels classes;
    private final YoloLabels files = new YoloLabels();
    private final Map<Path, Optional<Long>> ids = new HashMap<>();

    private YoloReader(Lint lint, YoloConfig config, List<Category> categories) {
        this.lint = lint;
        this.config = config;
        this.assembler = new Assembler(lint);
        this.classes = Labels.of(categories);
    }

    /**
     * Reads a data set.
     *
     * @param path its folder, or the YAML file that describes it
     */
    public static Dataset read(Path path, Lint lint) {
        YoloConfig config = YoloConfig.read(path);
        Path root = Files.isDirectory(path) ? path : Folders.parent(path);
        List<YoloLayout.Part> parts = YoloLayout.parts(root, config, lint);
        List<Category> categories = Labels.named(config.names());
        YoloReader reader = new YoloReader(lint, config, categories);
        parts.forEach(reader::add);
        reader.requireLabels(parts);
        reader.noteUnused();
        return reader.assembler.finish(path.toString(), categories);
    }

    /** Small data sets name one folder for two parts. */
    private void add(YoloLayout.Part part) {
        part.split().ifPresent(assembler::declare);
        for (Path image : part.images()) {
            Path file = image.toAbsolutePath().normalize();
            Optional<Long> id = ids.computeIfAbsent(file, unread -> assembler.add(raw(file)));
            part.split().ifPresent(split -> id.ifPresent(known -> assembler.assign(split, known)));
        }
    }

    private RawImage raw(Path image) {
        Optional<Path> label = files.of(image);
        List<RawImage.Item> items = label.map(file -> items(file, image)).orElse(List.of());
        String where = label.orElse(YoloLabels.expected(image)).getFileName().toString();
        return new RawImage(where, ids.size() + 1L, image, 0, 0, items);
    }

    /** A data set of backgrounds alone is a layout that was not understood. */
    private void requireLabels(List<YoloLayout.Part> parts) {
        if (files.found() == 0) {
            Path image = parts.get(0).images().get(0).toAbsolutePath().normalize();
            throw new ParfocalException("no label file for "
                    + (ids.size() == 1 ? "the only image" : "any of the " + ids.size() + " images") + "; that of "
                    + image
                    + " should be " + YoloLabels.expected(image) + " or lie beside it");
        }
    }

    private void noteUnused() {
        for (Path label : files.unused()) {
            String name = label.getFileName().toString();
            lint.add(Problem.UNKNOWN_IMAGE, name, "no image of this name, or another label file in its place");
        }
    }

    private List<RawImage.Item> items(Path file, Path image) {
        ImageHeader header;
        try {
            header = ImageFiles.header(image);
        } catch (ParfocalException e) {
            // The assembler meets and counts the same failure.
            return List.of();
        }
        List<RawImage.Item> items = new ArrayList<>();
        List<String> lines = TextFile.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                String where = "line " + (i + 1);
                items.add(item(file, where, lines.get(i).split("\\s+"), header));
            }
        }
        return items;
    }

    private RawImage.Item item(Path file, String where, String[] words, ImageHeader header) {
        double[] values = new double[Math.max(0, words.length - 1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(file, where, words[i + 1]);
        }
        int label = label(file, where, words[0]);
        Box box = share(file, where, values).scaled(header.shownWidth(), header.shownHeight());
        return new RawImage.Item(where, box, label, words[0], false);
    }

    /** The box in shares of the image. */
    private Box share(Path file, String where, double[] values) {
        int count = values.length + 1;
        boolean polygon = count >= 7 && count % 2 == 1;
        int keypoints = config.keypointNumbers().orElse(0);
        if (keypoints > 0 && count != BOX && count != BOX + keypoints) {
            throw error(
                    file,
                    where,
                    "kpt_shape in " + config.file().getFileName() + " asks for " + (BOX + keypoints)
                            + " values (class, box, keypoints), found " + count);
        }
        if (count != BOX && keypoints == 0 && !polygon) {
            throw error(
                    file,
                    where,
                    "expected 'class cx cy width height' or 'class x y x y x y …', found " + count + " values");
        }
        if (count == BOX || keypoints > 0) {
            return Box.ofCxcywh(values[0], values[1], values[2], values[3]);
        }
        String corners = values.length / 2 + " corners" + (values.length == 8 ? ", a rotated box or a polygon" : "");
        lint.add(Problem.AROUND_SHAPE, file.getFileName() + ", " + where, corners);
        return Shapes.around(values);
    }

    private int label(Path file, String where, String word) {
        double number = number(file, where, word);
        if (number != Math.rint(number) || number < 0) {
            throw error(file, where, "the class must be a number 0, 1, 2, …, not '" + word + "'");
        }
        return classes.label((long) number + 1);
    }

    private static double number(Path file, String where, String word) {
        try {
            return TextFile.number(word);
        } catch (NumberFormatException e) {
            if (word.indexOf(',') >= 0 || word.indexOf(';') >= 0) {
                throw error(
                        file, where, "'" + word + "' has commas; values are separated by blanks, decimals by points");
            }
            throw error(file, where, "expected a number, found '" + word + "'");
        }
    }

    private static ParfocalException error(Path file, String where, String message) {
        return new ParfocalException(file + ": " + where + ": " + message);
    }
}
