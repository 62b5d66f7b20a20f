package dev.parfocal.detection.format.yolo;

import dev.parfocal.detection.file.Folders;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The label files of images: in the folder whose path has {@code labels} for the last {@code images}, or else beside the
 * image. Which of them were asked for is remembered, so that the others can be told of.
 */
public final class YoloLabels {

    /** Text files that lie among labels and are none. */
    private static final Pattern OTHER =
            Pattern.compile("(?i)(classes|obj|train|val|valid|test|trainval|readme.*)\\.txt");

    private final Map<Path, Map<String, Path>> folders = new LinkedHashMap<>();
    private final Set<Path> used = new HashSet<>();

    /** Whether an image below a folder has a label file. */
    public static boolean in(Path folder) {
        YoloLabels labels = new YoloLabels();
        return Folders.imagesBelow(folder).stream()
                .anyMatch(image -> labels.of(image.toAbsolutePath().normalize()).isPresent());
    }

    /** The label file of an image; empty when it has none. */
    Optional<Path> of(Path image) {
        String stem = Folders.stem(image);
        Path beside = Folders.parent(image);
        Path proper = files(labels(beside)).get(stem);
        Path other = files(beside).get(stem);
        Optional<Path> label = Optional.ofNullable(proper != null ? proper : other);
        label.ifPresent(used::add);
        return label;
    }

    /** Where the label file of an image belongs. */
    static Path expected(Path image) {
        return labels(Folders.parent(image)).resolve(Folders.stem(image) + ".txt");
    }

    /** How many label files were found. */
    int found() {
        return used.size();
    }

    /** Label files that no image asked for. */
    List<Path> unused() {
        return folders.values().stream()
                .flatMap(files -> files.values().stream())
                .filter(file -> !used.contains(file)
                        && !OTHER.matcher(file.getFileName().toString()).matches())
                .distinct()
                .toList();
    }

    private Map<String, Path> files(Path folder) {
        return folders.computeIfAbsent(folder, unread -> {
            Map<String, Path> files = new LinkedHashMap<>();
            Folders.files(unread, "txt").forEach(file -> files.putIfAbsent(Folders.stem(file), file));
            return files;
        });
    }

    private static Path labels(Path images) {
        for (int step = images.getNameCount() - 1; step >= 0; step--) {
            if (images.getName(step).toString().equalsIgnoreCase("images")) {
                Path above = step == 0 ? images.getRoot() : images.getRoot().resolve(images.subpath(0, step));
                Path labels = above.resolve("labels");
                return step == images.getNameCount() - 1
                        ? labels
                        : labels.resolve(images.subpath(step + 1, images.getNameCount()));
            }
        }
        return images;
    }
}
