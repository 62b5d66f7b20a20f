package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.ImageHeader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads YOLO: a text file per image with lines {@code class cx cy width height} (or {@code class x y x y x y …}, a polygon),
 * in shares of the image's size. Images lie in {@code images}, {@code images/PART} or {@code PART/images}, labels in the
 * folder of the same name with {@code labels} for {@code images}. An image without a label file has no objects.
 */
final class YoloReader {

    private final Lint lint;
    private final Assembler assembler;
    private final Labels labels;
    private final Map<Path, Long> ids = new HashMap<>();

    private YoloReader(Lint lint, Labels labels) {
        this.lint = lint;
        this.assembler = new Assembler(lint);
        this.labels = labels;
    }

    static Dataset read(Path root, Lint lint) {
        YoloNames names = YoloNames.read(root);
        List<YoloLayout.Part> parts = YoloLayout.parts(root, names);
        List<Category> categories = Labels.named(names.names());
        YoloReader reader = new YoloReader(lint, Labels.of(categories));
        parts.forEach(reader::add);
        return reader.assembler.finish(root.toString(), categories);
    }

    private void add(YoloLayout.Part part) {
        Set<String> stems = new HashSet<>();
        for (Path image : part.images()) {
            stems.add(Folders.stem(image));
            Long known = ids.get(image);
            if (known != null) {
                // Small data sets name one folder for two parts.
                part.split().ifPresent(split -> assembler.assign(split, known));
                continue;
            }
            long id = ids.size() + 1L;
            ids.put(image, id);
            Path label = part.labels().resolve(Folders.stem(image) + ".txt");
            List<RawImage.Item> items = Files.isRegularFile(label) ? items(label, image) : List.of();
            assembler.add(new RawImage(label.getFileName().toString(), id, image, 0, 0, items));
            part.split().ifPresent(split -> assembler.assign(split, id));
        }
        for (Path label : Folders.files(part.labels(), "txt")) {
            if (!stems.contains(Folders.stem(label)) && !label.endsWith("classes.txt")) {
                lint.add(Problem.UNKNOWN_IMAGE, label.getFileName().toString(), "no image of this name");
            }
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
        List<String> lines = Folders.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                String where = "line " + (i + 1);
                items.add(item(file, where, lines.get(i).split("\\s+"), header));
            }
        }
        return items;
    }

    private RawImage.Item item(Path file, String where, String[] words, ImageHeader header) {
        boolean polygon = words.length >= 7 && words.length % 2 == 1;
        if (words.length != 5 && !polygon) {
            throw error(file, where, "expected 'class cx cy width height', found " + words.length + " values");
        }
        double[] values = new double[words.length - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(file, where, words[i + 1]);
        }
        Box share = polygon ? around(values) : Box.ofCxcywh(values[0], values[1], values[2], values[3]);
        Box box = share.scaled(header.shownWidth(), header.shownHeight());
        return new RawImage.Item(where, box, label(file, where, words[0]), words[0], false, Double.NaN);
    }

    private int label(Path file, String where, String word) {
        double number = number(file, where, word);
        if (number != Math.rint(number) || number < 0) {
            throw error(file, where, "the class must be a number 0, 1, 2, …, not '" + word + "'");
        }
        return labels.label((long) number + 1);
    }

    private static double number(Path file, String where, String word) {
        try {
            return Folders.number(word);
        } catch (NumberFormatException e) {
            throw error(file, where, "expected a number, found '" + word + "'");
        }
    }

    private static Box around(double[] points) {
        double x1 = points[0];
        double y1 = points[1];
        double x2 = x1;
        double y2 = y1;
        for (int i = 2; i < points.length; i += 2) {
            x1 = Math.min(x1, points[i]);
            y1 = Math.min(y1, points[i + 1]);
            x2 = Math.max(x2, points[i]);
            y2 = Math.max(y2, points[i + 1]);
        }
        return new Box(x1, y1, x2, y2);
    }

    private static ParfocalException error(Path file, String where, String message) {
        return new ParfocalException(file + ": " + where + ": " + message);
    }
}
