package dev.parfocal.detection.format;

import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.detection.lint.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A data set's folder, put together by a test. */
record DataFolder(Path root) {

    Path text(String name, String... lines) {
        return bytes(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Path bytes(String name, byte[] content) {
        Path file = root.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A grey image of 100 × 80 pixels. */
    Path image(String name) {
        return bytes(name, encoded(name));
    }

    /** The same, without its last bytes. */
    Path truncatedImage(String name) {
        byte[] whole = encoded(name);
        return bytes(name, Arrays.copyOf(whole, whole.length - 20));
    }

    private static byte[] encoded(String name) {
        return ImageFiles.encode(RgbImage.filled(100, 80, 0x808080), name.endsWith(".png") ? "png" : "jpg");
    }

    Loaded read(Format format) {
        return DatasetReader.read(root, format, false);
    }

    /** How often each problem was met; that a class has no object, as in most of these small sets, does not matter. */
    static Map<Problem, Long> found(Loaded loaded) {
        Map<Problem, Long> found = new HashMap<>(loaded.lint().counts());
        found.remove(Problem.EMPTY_CATEGORY);
        return found;
    }

    /** The first finding of this problem, as {@code where: detail}. */
    static String first(Loaded loaded, Problem problem) {
        return loaded.lint().examples(problem).get(0).toString();
    }
}
