package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where YOLO data sets keep their images and labels. */
final class YoloLayout {

    private YoloLayout() {}

    /** Images and the folder of their label files. */
    record Part(Optional<String> split, List<Path> images, Path labels) {}

    static List<Part> parts(Path root, YoloNames names) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : names.parts().entrySet()) {
            for (String folder : entry.getValue()) {
                add(parts, Optional.of(entry.getKey()), declared(root, names.base(), folder));
            }
        }
        if (parts.isEmpty()) {
            guess(root, parts);
        }
        if (parts.isEmpty()) {
            throw new ParfocalException(root
                    + ": no images; a YOLO data set has images and labels folders, or train/images and train/labels");
        }
        return parts;
    }

    /**
     * Exporters write {@code ../train/images} even where {@code data.yaml} lies beside {@code train}, and a base that was
     * right on another machine.
     */
    private static Path declared(Path root, String base, String folder) {
        Path from = base.isEmpty() ? root : Folders.resolve(root, base);
        String below = folder.replaceFirst("^(\\.\\./)+", "");
        return Stream.of(resolve(from, folder), resolve(root, folder), resolve(root, below))
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .findFirst()
                .or(() -> resolve(root, below))
                .orElse(root);
    }

    private static Optional<Path> resolve(@Nullable Path from, String folder) {
        return from == null ? Optional.empty() : Optional.ofNullable(Folders.resolve(from, folder));
    }

    private static void guess(Path root, List<Part> parts) {
        Path images = root.resolve("images");
        add(parts, Optional.empty(), images);
        for (Path folder : Folders.list(images, Files::isDirectory)) {
            add(parts, Optional.of(split(folder)), folder);
        }
        for (Path folder : Folders.list(root, Files::isDirectory)) {
            add(parts, Optional.of(split(folder)), folder.resolve("images"));
        }
    }

    private static String split(Path folder) {
        String name = folder.getFileName().toString();
        return name.equals("valid") ? "val" : name.replaceFirst("(?<=\\D)\\d{4}$", "");
    }

    /** A folder that holds a folder of images ({@code train} for {@code train/images}) will do. */
    private static void add(List<Part> parts, Optional<String> split, Path folder) {
        List<Path> images = Folders.images(folder);
        if (!images.isEmpty()) {
            parts.add(new Part(split, images, labels(folder)));
        } else if (!folder.endsWith("images")
                && !Folders.images(folder.resolve("images")).isEmpty()) {
            add(parts, split, folder.resolve("images"));
        }
    }

    /** The same path with its last {@code images} replaced. */
    private static Path labels(Path images) {
        Path above = images.getParent();
        if (above == null || images.endsWith("images")) {
            return images.resolveSibling("labels");
        }
        return above.endsWith("images") ? above.resolveSibling("labels").resolve(images.getFileName()) : images;
    }
}
