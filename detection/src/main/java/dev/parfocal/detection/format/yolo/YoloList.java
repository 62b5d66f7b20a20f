package dev.parfocal.detection.format.yolo;

import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text file that lists the images of a part, a path a line.
 *
 * @param base what the data set's file says paths are relative to
 * @param root the data set's folder
 */
record YoloList(Path file, Path base, Path root, Lint lint) {

    /** The images that are there; the others are told of. */
    List<Path> images() {
        List<String> lines = TextFile.lines(file);
        List<Path> images = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                continue;
            }
            Path image = image(line);
            if (image == null) {
                lint.add(Problem.MISSING_IMAGE, file.getFileName() + ", line " + (i + 1), line);
            } else {
                images.add(image);
            }
        }
        return images;
    }

    /** Ultralytics goes by the list's own folder, Darknet by the one it is started in. */
    private @Nullable Path image(String line) {
        return YoloLayout.existing(Folders.parent(file), root, line)
                .or(() -> YoloLayout.existing(base, root, line))
                .filter(Files::isRegularFile)
                .orElse(null);
    }
}
